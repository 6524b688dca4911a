//! An object store on this machine, which others wrote, and which can fail.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use s3s::Body;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::answer::{Answer, press_with};

pub const SECRET: &str = "s3cr3t-of-the-test";

/// What the store does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// Refuses everything after so many files.
    CutAfter(usize),
    /// Is too busy for the first tries of a file.
    Busy(usize),
    /// Closes the connection at the first tries of a file.
    HangsUp(usize),
}

#[derive(Default)]
struct State {
    fault: Mutex<Option<Fault>>,
    /// Files that were put, without the record.
    puts: AtomicUsize,
    failed: AtomicUsize,
}

pub struct Store {
    // Before the folder, so that nothing is written to what is gone.
    _runtime: Runtime,
    root: TempDir,
    address: SocketAddr,
    state: Arc<State>,
}

impl Store {
    pub fn open() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("news")).unwrap();
        let state = Arc::new(State::default());
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root.path()).unwrap());
        builder.set_auth(SimpleAuth::from_single("KEY", SECRET));
        let service = builder.build();
        let runtime = Runtime::new().unwrap();
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::clone(&state);
        runtime.spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else {
                    continue;
                };
                let (service, state) = (service.clone(), Arc::clone(&shared));
                tokio::spawn(async move {
                    let answer = service_fn(|request: Request<hyper::body::Incoming>| {
                        let (service, state) = (service.clone(), Arc::clone(&state));
                        async move {
                            match state.failure(&request) {
                                Some(failure) => failure,
                                None => service
                                    .call(request.map(Body::from))
                                    .await
                                    .map_err(|error| format!("{error:?}")),
                            }
                        }
                    });
                    let _ = hyper::server::conn::http1::Builder::new()
                        .serve_connection(TokioIo::new(stream), answer)
                        .await;
                });
            }
        });
        Self {
            _runtime: runtime,
            root,
            address,
            state,
        }
    }

    /// From now on. Counting begins anew.
    pub fn set(&self, fault: Fault) {
        *self.state.fault.lock().unwrap() = Some(fault);
        self.state.puts.store(0, Ordering::SeqCst);
        self.state.failed.store(0, Ordering::SeqCst);
    }

    pub fn puts(&self) -> usize {
        self.state.puts.load(Ordering::SeqCst)
    }

    /// Where the objects of the bucket lie.
    pub fn folder(&self) -> PathBuf {
        self.root.path().join("news")
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Runs `press deploy` to `s3://news` and what else is given.
    pub fn deploy(&self, site: &std::path::Path, options: &[&str]) -> Answer {
        self.deploy_as(site, options, "KEY", SECRET)
    }

    pub fn deploy_as(
        &self,
        site: &std::path::Path,
        options: &[&str],
        key: &str,
        secret: &str,
    ) -> Answer {
        let url = self.url();
        let mut arguments = vec!["deploy", site.to_str().unwrap()];
        if !options.contains(&"--endpoint") {
            arguments.extend(["--endpoint", &url]);
        }
        if !options.contains(&"--to") {
            arguments.extend(["--to", "s3://news"]);
        }
        arguments.extend(options);
        let answer = press_with(
            self.root.path(),
            &arguments,
            &[
                ("AWS_ACCESS_KEY_ID", key),
                ("AWS_SECRET_ACCESS_KEY", secret),
                ("AWS_SESSION_TOKEN", ""),
                ("AWS_PROFILE", ""),
                ("HOME", "/nowhere"),
            ],
        );
        for said in [&answer.out, &answer.err] {
            assert!(!said.contains(secret), "a secret was printed: {said}");
            assert!(!said.contains("X-Amz"), "an address was printed: {said}");
        }
        answer
    }
}

impl State {
    /// What to answer instead of the store, if it fails now.
    fn failure(
        &self,
        request: &Request<hyper::body::Incoming>,
    ) -> Option<Result<Response<Body>, String>> {
        let fault = self.fault.lock().unwrap().unwrap_or(Fault::None);
        let is_file = request.method() == Method::PUT
            && !request.uri().path().ends_with(".press-deploy.json");
        let refused = |status: u16, code: &str| {
            let text = format!("<Error><Code>{code}</Code><Message>A test</Message></Error>");
            Some(Ok(Response::builder()
                .status(status)
                .body(Body::from(text))
                .unwrap()))
        };
        let more = |most: usize| is_file && self.failed.fetch_add(1, Ordering::SeqCst) < most;
        match fault {
            Fault::CutAfter(most) if self.puts.load(Ordering::SeqCst) >= most => {
                return refused(403, "AccessDenied");
            }
            Fault::Busy(most) if more(most) => return refused(503, "SlowDown"),
            Fault::HangsUp(most) if more(most) => return Some(Err("hung up".into())),
            _ => {}
        }
        if is_file {
            self.puts.fetch_add(1, Ordering::SeqCst);
        }
        None
    }
}
