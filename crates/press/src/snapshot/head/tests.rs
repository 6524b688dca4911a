//! What the head says of each kind of page.

use article::listing::Head as Listing;
use article::{Article, Language, Site};
use dateline::route::Route;
use serde_json::{Value, json};

use super::{Companions, Head, Subject};
use crate::base::Base;

fn site(base: &str) -> Site {
    let source = json!({
        "name": "The Gazette", "baseUrl": base, "languages": ["en", "fr", "wo"], "defaultLanguage": "en",
    });
    Site::read_leniently(&source.to_string()).unwrap()
}

fn article(change: Value) -> Article {
    let mut fields = json!({
        "schemaVersion": "1.0",
        "id": "urn:test:boat",
        "slug": "boat",
        "language": "en",
        "headline": "The boat",
        "datePublished": "2003-11-04",
        "body": [],
    });
    for (name, value) in change.as_object().unwrap() {
        fields[name] = value.clone();
    }
    Article::read_leniently(&fields.to_string())
        .unwrap()
        .article
}

fn en() -> Language {
    Language::new("en").unwrap()
}

fn story() -> Route {
    Route::Story {
        lang: en(),
        slug: "boat".into(),
    }
}

/// What every page of the site has around it.
struct Surroundings {
    site: Site,
    published: Option<Base>,
    companions: Companions,
}

impl Surroundings {
    fn new() -> Self {
        let site = site("https://news.example/");
        Self {
            published: Base::of(&site),
            site,
            companions: Companions::default(),
        }
    }

    fn subject<'a>(&'a self, route: &'a Route, article: Option<&'a Article>) -> Subject<'a> {
        Subject {
            site: &self.site,
            published: self.published.as_ref(),
            route,
            title: "The boat — The Gazette",
            description: Some("It's <b>here</b>"),
            article,
            listing: None,
            is_indexed: true,
            alternates: &[],
            companions: &self.companions,
            base: "../../../",
        }
    }
}

fn head(route: &Route, article: &Article) -> Head {
    Surroundings::new().subject(route, Some(article)).head()
}

fn image(width: u32) -> Value {
    json!({ "id": "hull", "alt": "A hull", "caption": "The hull, seen from land", "renditions": [
        { "href": format!("/media/{width}.jpg"), "contentType": "image/jpeg", "width": width, "height": width / 2 },
    ] })
}

#[track_caller]
fn says(head: &Head, pieces: &[&str]) {
    for piece in pieces {
        assert!(
            head.elements.contains(piece),
            "no {piece} in {}",
            head.elements
        );
    }
}

#[track_caller]
fn is_silent(head: &Head, pieces: &[&str]) {
    for piece in pieces {
        assert!(
            !head.elements.contains(piece),
            "{piece} in {}",
            head.elements
        );
    }
}

#[test]
fn every_text_is_escaped_and_the_title_of_a_preview_leaves_out_the_site() {
    let boat = article(json!({ "subjects": [{ "id": "x", "name": "\"><script>" }] }));
    let head = head(&story(), &boat);
    says(
        &head,
        &[
            "name=\"description\" content=\"It&#39;s &lt;b&gt;here&lt;/b&gt;\"",
            "property=\"og:title\" content=\"The boat\"",
            "property=\"og:site_name\" content=\"The Gazette\"",
            "property=\"article:tag\" content=\"&quot;&gt;&lt;script&gt;\"",
        ],
    );
}

#[test]
fn a_story_is_an_article_with_its_times_section_and_people() {
    let boat = article(json!({
        "dateModified": "2003-12",
        "articleSection": "Coast",
        "authors": [{ "name": "A. Person", "href": "https://person.example/" }],
        "rights": { "license": "https://licence.example/" },
    }));
    let head = head(&story(), &boat);
    says(
        &head,
        &[
            "property=\"og:type\" content=\"article\"",
            "property=\"og:url\" content=\"https://news.example/en/stories/boat/\"",
            "property=\"og:locale\" content=\"en_US\"",
            "property=\"article:published_time\" content=\"2003-11-04\"",
            "property=\"article:section\" content=\"Coast\"",
            "name=\"author\" content=\"A. Person\"",
            "property=\"article:author\" content=\"https://person.example/\"",
            "name=\"robots\" content=\"max-image-preview:large, max-snippet:-1\"",
            "<link rel=\"canonical\" href=\"https://news.example/en/stories/boat/\">",
            "<link rel=\"author\" href=\"https://person.example/\">",
            "<link rel=\"license\" href=\"https://licence.example/\">",
        ],
    );
    // Open Graph's times are to the day; December 2003 is none.
    is_silent(&head, &["modified_time"]);
}

#[test]
fn a_wide_picture_makes_a_large_card_and_a_narrow_one_a_small() {
    for (width, card) in [(640, "summary_large_image"), (480, "summary")] {
        let lead = json!({ "type": "image", "image": image(width) });
        let boat = article(json!({ "leadMedia": lead }));
        let head = head(&story(), &boat);
        says(
            &head,
            &[
                &format!(
                    "property=\"og:image\" content=\"https://news.example/media/{width}.jpg\""
                ),
                "property=\"og:image:type\" content=\"image/jpeg\"",
                &format!("property=\"og:image:width\" content=\"{width}\""),
                "property=\"og:image:alt\" content=\"A hull\"",
                "name=\"twitter:image:alt\" content=\"A hull\"",
                &format!("name=\"twitter:card\" content=\"{card}\""),
            ],
        );
    }
}

#[test]
fn the_front_is_shown_with_its_newest_picture() {
    let listing = json!({ "cards": [
        { "slug": "a", "headline": "A", "datePublished": "2003" },
        { "slug": "b", "headline": "B", "datePublished": "2002", "thumbnail": image(960) },
    ] });
    let listing = Listing::read_leniently(&listing.to_string()).unwrap();
    let around = Surroundings::new();
    let route = Route::front_of(en());
    let head = Subject {
        listing: Some(&listing),
        ..around.subject(&route, None)
    }
    .head();
    says(
        &head,
        &[
            "property=\"og:type\" content=\"website\"",
            "content=\"https://news.example/media/960.jpg\"",
        ],
    );
    let data = head.linked_data.unwrap();
    assert!(data.contains("NewsMediaOrganization") && data.contains("SearchAction"));
}

#[test]
fn the_languages_of_a_page_are_named_for_search_engines_and_previews() {
    let alternates = [
        ("en", "https://news.example/en/stories/boat/"),
        ("fr", "https://news.example/fr/stories/bateau/"),
        ("wo", "https://news.example/wo/stories/gaal/"),
        ("x-default", "https://news.example/en/stories/boat/"),
    ]
    .map(|(tag, url)| (tag.to_owned(), url.to_owned()));
    let around = Surroundings::new();
    let route = story();
    let told = |article: &Article| {
        Subject {
            alternates: &alternates,
            ..around.subject(&route, Some(article))
        }
        .head()
    };
    let boat = told(&article(json!({})));
    says(
        &boat,
        &[
            "property=\"og:locale:alternate\" content=\"fr_FR\"",
            "hreflang=\"fr\" href=\"https://news.example/fr/stories/bateau/\"",
            "hreflang=\"x-default\"",
        ],
    );
    assert_eq!(boat.elements.matches("og:locale:alternate").count(), 1);
    // With its home elsewhere, it is not the page others should name.
    let guest = told(&article(
        json!({ "canonicalUrl": "https://home.example/boat" }),
    ));
    says(
        &guest,
        &[
            "<link rel=\"canonical\" href=\"https://home.example/boat\">",
            "property=\"og:url\" content=\"https://home.example/boat\"",
        ],
    );
    is_silent(&guest, &["hreflang"]);
}

#[test]
fn a_photo_is_described_by_its_caption() {
    let boat = article(json!({ "leadMedia": { "type": "image", "image": image(960) } }));
    let route = Route::Photo {
        lang: en(),
        slug: "boat".into(),
        id: "hull".into(),
    };
    let head = head(&route, &boat);
    says(
        &head,
        &["name=\"description\" content=\"The hull, seen from land\""],
    );
    is_silent(&head, &["article:published_time"]);
    assert!(
        head.linked_data
            .unwrap()
            .contains("\"representativeOfPage\":true")
    );
}

#[test]
fn a_picture_with_a_warning_is_not_shown_beside_a_link() {
    let mut shocking = image(960);
    shocking["contentWarning"] = json!("Wreckage");
    let boat = article(json!({ "leadMedia": { "type": "image", "image": shocking } }));
    let photo = Route::Photo {
        lang: en(),
        slug: "boat".into(),
        id: "hull".into(),
    };
    for route in [photo, story()] {
        let head = head(&route, &boat);
        is_silent(&head, &["og:image"]);
        says(&head, &["name=\"twitter:card\" content=\"summary\""]);
    }
}

#[test]
fn a_film_that_plays_can_be_played_in_a_preview_and_no_other() {
    let route = Route::Video {
        lang: en(),
        slug: "boat".into(),
        id: "launch".into(),
    };
    let films = |availability: &str| {
        article(json!({ "leadMedia": { "type": "video", "video": {
            "id": "launch", "title": "The launch", "availability": availability, "width": 640, "height": 360,
            "renditions": [{ "href": "/media/launch.mp4", "contentType": "video/mp4" }],
        } } }))
    };
    let film = films("playable");
    let video = [
        "property=\"og:video\" content=\"https://news.example/media/launch.mp4\"",
        "property=\"og:video:type\" content=\"video/mp4\"",
        "property=\"og:video:width\" content=\"640\"",
    ];
    let told = head(&route, &film);
    says(&told, &video);
    says(&told, &["property=\"og:type\" content=\"video.other\""]);
    let told = head(&story(), &film);
    says(&told, &video);
    says(&told, &["property=\"og:type\" content=\"article\""]);
    let film = films("legacyOnly");
    for route in [&route, &story()] {
        let told = head(route, &film);
        is_silent(&told, &["og:video"]);
        says(&told, &["property=\"og:type\" content=\"article\""]);
        assert!(!told.linked_data.unwrap().contains("VideoObject"));
    }
}

#[test]
fn of_a_story_that_was_taken_back_only_the_title_is_told() {
    let lead = json!({ "type": "image", "image": image(960) });
    let fields = json!({ "leadMedia": lead, "articleSection": "Coast", "authors": [{ "name": "A. Person" }] });
    for change in [
        json!({ "pubStatus": "withheld" }),
        json!({ "pubStatus": "canceled" }),
    ] {
        let mut fields = fields.clone();
        fields["pubStatus"] = change["pubStatus"].clone();
        let boat = article(fields);
        let around = Surroundings::new();
        let route = story();
        let head = Subject {
            is_indexed: false,
            description: None,
            ..around.subject(&route, Some(&boat))
        }
        .head();
        says(
            &head,
            &[
                "name=\"robots\" content=\"noindex\"",
                "content=\"The boat\"",
            ],
        );
        is_silent(
            &head,
            &["og:image", "Coast", "A. Person", "published_time", "hull"],
        );
        assert_eq!(head.linked_data, None);
    }
}

#[test]
fn pages_that_are_not_for_search_engines_carry_no_linked_data() {
    let missing = Route::NotFound {
        lang: en(),
        path: String::new(),
    };
    let search = Route::Search {
        lang: en(),
        query: String::new(),
    };
    for route in [missing, search] {
        let around = Surroundings::new();
        let head = Subject {
            is_indexed: false,
            ..around.subject(&route, None)
        }
        .head();
        assert_eq!(head.linked_data, None);
        is_silent(&head, &["max-snippet"]);
    }
}

#[test]
fn a_list_of_films_says_which_in_its_order() {
    let cards = json!({ "cards": [
        { "slug": "boat", "part": "launch", "headline": "The boat", "title": "The launch" },
        { "slug": "storm", "part": "wreck", "headline": "The storm", "title": "The wreck" },
    ] });
    let listing = Listing::read_leniently(&cards.to_string()).unwrap();
    let around = Surroundings::new();
    let route = Route::Videos {
        lang: en(),
        older: 0,
    };
    let head = Subject {
        listing: Some(&listing),
        ..around.subject(&route, None)
    }
    .head();
    let data: Value = serde_json::from_str(&head.linked_data.unwrap()).unwrap();
    let list = &data["@graph"][0];
    assert_eq!(list["@type"], "CollectionPage");
    assert_eq!(list["url"], "https://news.example/en/videos/");
    let items = &list["mainEntity"]["itemListElement"];
    assert_eq!(
        items[0]["url"],
        "https://news.example/en/stories/boat/videos/launch/"
    );
    assert_eq!(
        items[1]["url"],
        "https://news.example/en/stories/storm/videos/wreck/"
    );
    assert_eq!(items[0]["name"], "The launch");
    assert_eq!(items[1]["position"], 2);
    assert_eq!(items.as_array().unwrap().len(), 2);
}

#[test]
fn a_site_that_does_not_say_its_address_names_nothing_in_full() {
    let lead = json!({ "type": "image", "image": image(960) });
    let boat = article(json!({ "leadMedia": lead, "rights": { "license": "/en/pages/rights/" } }));
    let around = Surroundings::new();
    let route = story();
    let head = Subject {
        published: None,
        ..around.subject(&route, Some(&boat))
    }
    .head();
    is_silent(&head, &["canonical", "og:url", "og:image"]);
    says(
        &head,
        &["<link rel=\"license\" href=\"../../../en/pages/rights/\">"],
    );
    assert_eq!(head.linked_data, None);
}
