//! A built site as a CDN would serve it, on this machine.
//!
//! What passes here holds where readers are: directory index, a redirect to the
//! slash, a real 404, compression, ranges, validators, cache and security headers
//! ([`crate::headers`]). It is a server for looking at a site before it is
//! uploaded, not for readers: it listens on 127.0.0.1 only and speaks plain HTTP/1.1.
//!
//! - [`folder`]: from the path of a request to a file, and never out of the folder
//! - [`condition`]: whether the browser has the file already
//! - [`range`]: a part of a file
//! - [`encoding`]: brotli and gzip
//! - [`line`]: a slow telephone's line

mod condition;
mod encoding;
mod folder;
mod line;
mod range;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt as _, Channel, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, SeekFrom};
use tokio::net::TcpListener;

use crate::finding::Failure;
use crate::headers::{self, Answer, Transport};
use condition::{Condition, Validators};
use encoding::{Encoder, Encoding};
use folder::{Found, Place};
use line::Line;

pub use folder::Folder;

type Body = UnsyncBoxBody<Bytes, io::Error>;

/// Larger answers are read from the disk while they are sent.
const WHOLE: u64 = 64 * 1024;
/// Read and sent at once.
const PIECE: usize = 64 * 1024;
/// A connection that says nothing for so long is closed. Browsers keep idle ones
/// for some minutes and may use one at the moment it is closed here.
const PATIENCE: Duration = Duration::from_secs(300);

/// A site on a port.
pub struct Server {
    listener: TcpListener,
    site: Arc<Site>,
}

/// What every request is answered from.
struct Site {
    folder: Folder,
    /// The path the site lies under, with slashes at both ends.
    base: String,
    encoder: Encoder,
    line: Option<Line>,
}

impl Server {
    /// Takes a port of 127.0.0.1; 0 asks for any free one.
    ///
    /// # Errors
    /// When the port is taken or not ours to take.
    pub async fn open(folder: Folder, base: &str, port: u16, slow: bool) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(|error| not_ours(port, &error))?;
        Ok(Self {
            listener,
            site: Arc::new(Site {
                folder,
                base: base.to_owned(),
                encoder: Encoder::default(),
                line: slow.then(Line::of_a_slow_phone),
            }),
        })
    }

    /// The address of the site's front.
    ///
    /// # Errors
    /// When the system does not know it either.
    pub fn address(&self) -> Result<String, Failure> {
        let address = self
            .listener
            .local_addr()
            .map_err(|error| Failure(format!("the server has no address: {error}")))?;
        Ok(format!("http://{address}{}", self.site.base))
    }

    /// Answers until the program ends.
    pub async fn run(self) -> Infallible {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => {
                    let site = Arc::clone(&self.site);
                    tokio::spawn(async move {
                        let service = service_fn(|request| {
                            let site = Arc::clone(&site);
                            async move { Ok::<_, Infallible>(site.answer(request).await) }
                        });
                        // A browser that goes away in the middle is no news.
                        let _ = hyper::server::conn::http1::Builder::new()
                            .timer(TokioTimer::new())
                            .header_read_timeout(PATIENCE)
                            .serve_connection(TokioIo::new(stream), service)
                            .await;
                    });
                }
                // Out of file descriptors, mostly: others will be given back soon.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
}

fn not_ours(port: u16, error: &io::Error) -> Failure {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    Failure(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "port {port} is taken by another program: end that one, or choose another port, such as --port {}; --port 0 takes any free one",
            port.checked_add(1).unwrap_or(8081)
        ),
        io::ErrorKind::PermissionDenied => format!(
            "port {port} may be opened by the administrator only: choose one above 1023, such as --port 8081"
        ),
        _ => format!("could not listen on {address}: {error}"),
    })
}

impl Site {
    async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Body> {
        if let Some(line) = &self.line {
            line.wait().await;
        }
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = self.plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "This site can only be read: GET or HEAD.\n",
            );
            set(&mut response, header::ALLOW, "GET, HEAD");
            return response;
        }
        let path = request.uri().path();
        let query = request
            .uri()
            .query()
            .map_or_else(String::new, |query| format!("?{query}"));
        let Some(below) = path.strip_prefix(&self.base) else {
            // `/repo` for `/repo/`.
            if self.base.strip_suffix('/') == Some(path) {
                return self.redirect(&format!("{path}/{query}"));
            }
            return self.missing(&request).await;
        };
        match self.folder.find(below) {
            Place::File(found) => {
                self.deliver(&request, found, StatusCode::OK)
                    .await
            }
            Place::Folder => self.redirect(&format!("{path}/{query}")),
            Place::Nothing => self.missing(&request).await,
            Place::Nonsense => self.plain(
                StatusCode::BAD_REQUEST,
                "This address is broken: a % in it is followed by something other than the two digits of a byte of UTF-8.\n",
            ),
        }
    }

    /// The site's own page for what is not there, with the status that says so.
    async fn missing(self: &Arc<Self>, request: &Request<Incoming>) -> Response<Body> {
        match self.folder.find("404.html") {
            Place::File(found) => self.deliver(request, found, StatusCode::NOT_FOUND).await,
            _ => self.plain(StatusCode::NOT_FOUND, "There is no such page.\n"),
        }
    }

    async fn deliver(
        self: &Arc<Self>,
        request: &Request<Incoming>,
        found: Found,
        status: StatusCode,
    ) -> Response<Body> {
        let asked = request.headers();
        let kind = headers::media_type(&found.path);
        // A part is one of the file as it is; parts of compressed files help nobody.
        let asks_for_part = status == StatusCode::OK
            && request.method() == Method::GET
            && asked.contains_key(header::RANGE);
        let varies = kind.compresses || found.has_packed();
        let encoding = if asks_for_part || !varies {
            None
        } else {
            Encoding::accepted(asked)
        };
        let packed = match encoding {
            Some(encoding) => self.encoder.encode(&found, kind, encoding).await,
            None => None,
        };
        let validators = Validators::of(&found, packed.as_ref().map(|packed| packed.encoding));

        // What is missing now may be there the next moment.
        let answer = match status {
            StatusCode::OK => Answer::File,
            _ => Answer::Other,
        };
        let mut response = self.begin(&found.path, answer);
        set(&mut response, header::CONTENT_TYPE, kind.name);
        if varies {
            set(&mut response, header::VARY, "accept-encoding");
        }
        if let Some(packed) = &packed {
            set(
                &mut response,
                header::CONTENT_ENCODING,
                packed.encoding.name(),
            );
        }
        if status != StatusCode::OK {
            *response.status_mut() = status;
        } else {
            set(&mut response, header::ACCEPT_RANGES, "bytes");
            set(&mut response, header::ETAG, &validators.tag);
            if let Some(modified) = &validators.modified {
                set(&mut response, header::LAST_MODIFIED, modified);
            }
            match validators.judge(asked) {
                Condition::Send => {}
                Condition::NotModified => {
                    response.headers_mut().remove(header::CONTENT_TYPE);
                    response.headers_mut().remove(header::CONTENT_ENCODING);
                    *response.status_mut() = StatusCode::NOT_MODIFIED;
                    return response;
                }
                Condition::Failed => {
                    return self.plain(
                        StatusCode::PRECONDITION_FAILED,
                        "The file has changed since.\n",
                    );
                }
            }
        }

        if let Some(packed) = packed {
            return self
                .send(request, response, Source::Bytes(packed.bytes))
                .await;
        }
        let whole = 0..found.size;
        if asks_for_part && validators.allow_part(asked) {
            match range::of(asked, found.size) {
                range::Range::Whole => {}
                range::Range::Part(part) => {
                    let value = format!(
                        "bytes {}-{}/{}",
                        part.start,
                        part.end.saturating_sub(1),
                        found.size
                    );
                    set(&mut response, header::CONTENT_RANGE, &value);
                    *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                    return self
                        .send(request, response, Source::File(found, part))
                        .await;
                }
                range::Range::Nowhere => {
                    let mut response = self.plain(
                        StatusCode::RANGE_NOT_SATISFIABLE,
                        "The file is shorter than that.\n",
                    );
                    let value = format!("bytes */{}", found.size);
                    set(&mut response, header::CONTENT_RANGE, &value);
                    return response;
                }
            }
        }
        self.send(request, response, Source::File(found, whole))
            .await
    }

    /// Gives an answer its body, unless only the headers were asked for.
    async fn send(
        self: &Arc<Self>,
        request: &Request<Incoming>,
        mut response: Response<Body>,
        source: Source,
    ) -> Response<Body> {
        let length = source.length();
        set(&mut response, header::CONTENT_LENGTH, &length.to_string());
        if request.method() == Method::HEAD {
            return response;
        }
        if self.line.is_none() && length <= WHOLE {
            return match source.whole().await {
                Ok(bytes) => {
                    *response.body_mut() = full(bytes);
                    response
                }
                Err(_) => self.unreadable(),
            };
        }
        let mut pieces = match source.open().await {
            Ok(pieces) => pieces,
            Err(_) => return self.unreadable(),
        };
        let (mut sender, body) = Channel::<Bytes, io::Error>::new(2);
        let site = Arc::clone(self);
        tokio::spawn(async move {
            let most = site.line.as_ref().map_or(PIECE, |_| Line::PIECE);
            loop {
                match pieces.next(most).await {
                    Ok(piece) if piece.is_empty() => return,
                    Ok(piece) => {
                        if let Some(line) = &site.line {
                            line.carry(piece.len()).await;
                        }
                        // The browser has gone.
                        if sender.send_data(piece).await.is_err() {
                            return;
                        }
                    }
                    // The length was promised: cutting the connection tells the browser.
                    Err(error) => return sender.abort(error),
                }
            }
        });
        *response.body_mut() = body.boxed_unsync();
        response
    }

    fn unreadable(&self) -> Response<Body> {
        self.plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The file is there but cannot be read.\n",
        )
    }

    fn redirect(&self, to: &str) -> Response<Body> {
        let mut response = self.plain(StatusCode::MOVED_PERMANENTLY, "");
        set(&mut response, header::LOCATION, to);
        response
    }

    /// A sentence instead of a file.
    fn plain(&self, status: StatusCode, sentence: &'static str) -> Response<Body> {
        let mut response = self.begin("", Answer::Other);
        set(
            &mut response,
            header::CONTENT_TYPE,
            "text/plain; charset=utf-8",
        );
        // Said here, or HEAD would leave it out where GET does not.
        set(
            &mut response,
            header::CONTENT_LENGTH,
            &sentence.len().to_string(),
        );
        *response.status_mut() = status;
        *response.body_mut() = full(Bytes::from_static(sentence.as_bytes()));
        response
    }

    /// An answer without a body, with the headers of every site.
    fn begin(&self, path: &str, answer: Answer) -> Response<Body> {
        let mut response = Response::new(full(Bytes::new()));
        // Looked up each time: the site may be built anew while it is looked at.
        let allowed = self.folder.allowed();
        for (name, value) in headers::of(path, answer, Transport::Http) {
            let value = headers::allowing(value, &allowed);
            set(&mut response, HeaderName::from_static(name), &value);
        }
        response
    }
}

fn full(bytes: Bytes) -> Body {
    Full::new(bytes)
        .map_err(|never| match never {})
        .boxed_unsync()
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    // Only a line break could make a value none; an address with one is no URI.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// The one value of a header, if it is text.
fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// What is sent.
enum Source {
    Bytes(Bytes),
    File(Found, std::ops::Range<u64>),
}

impl Source {
    fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Self::File(_, part) => part.end.saturating_sub(part.start),
        }
    }

    async fn whole(self) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::File(found, part) => {
                let length = part.end.saturating_sub(part.start);
                let mut bytes = Vec::new();
                opened(&found.file, part.start)
                    .await?
                    .take(length)
                    .read_to_end(&mut bytes)
                    .await?;
                if bytes.len() as u64 == length {
                    Ok(bytes.into())
                } else {
                    Err(io::ErrorKind::UnexpectedEof.into())
                }
            }
        }
    }

    async fn open(self) -> io::Result<Pieces> {
        Ok(match self {
            Self::Bytes(bytes) => Pieces::Bytes(bytes),
            Self::File(found, part) => Pieces::File {
                file: opened(&found.file, part.start).await?,
                left: part.end.saturating_sub(part.start),
            },
        })
    }
}

async fn opened(file: &Path, at: u64) -> io::Result<tokio::fs::File> {
    let mut file = tokio::fs::File::open(file).await?;
    if at > 0 {
        file.seek(SeekFrom::Start(at)).await?;
    }
    Ok(file)
}

/// What is sent, a piece at a time.
enum Pieces {
    Bytes(Bytes),
    File { file: tokio::fs::File, left: u64 },
}

impl Pieces {
    /// The next piece; empty at the end.
    async fn next(&mut self, most: usize) -> io::Result<Bytes> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.split_to(most.min(bytes.len()))),
            Self::File { file, left } => {
                let most = usize::try_from(*left).map_or(most, |left| left.min(most));
                let mut piece = vec![0; most];
                let read = if most == 0 {
                    0
                } else {
                    file.read(&mut piece).await?
                };
                if read == 0 && *left > 0 {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                piece.truncate(read);
                *left = left.saturating_sub(read as u64);
                Ok(piece.into())
            }
        }
    }
}
