//! Who is named beside a work, and whose it is.

use article::Rights;

fn rights(change: impl FnOnce(&mut Rights)) -> Rights {
    let mut rights = Rights::default();
    change(&mut rights);
    rights
}

#[test]
fn the_credit_line_is_the_credit_else_the_notice_else_the_holder() {
    let holder = rights(|rights| {
        rights.copyright_holder = Some("The desk".into());
        rights.copyright_year = Some(2003);
    });
    assert_eq!(holder.credit_line().as_deref(), Some("© The desk"));
    let notice = Rights {
        copyright_notice: Some("© 2003 Desk".into()),
        ..holder
    };
    assert_eq!(notice.credit_line().as_deref(), Some("© 2003 Desk"));
    let credit = Rights {
        credit_text: Some("Photo: Desk".into()),
        ..notice
    };
    assert_eq!(credit.credit_line().as_deref(), Some("Photo: Desk"));
    assert_eq!(Rights::default().credit_line(), None);
}

#[test]
fn the_notice_is_as_printed_else_year_and_holder() {
    let holder = rights(|rights| rights.copyright_holder = Some("The desk".into()));
    assert_eq!(holder.notice().as_deref(), Some("© The desk"));
    let dated = Rights {
        copyright_year: Some(2003),
        ..holder
    };
    assert_eq!(dated.notice().as_deref(), Some("© 2003 The desk"));
    let printed = Rights {
        copyright_notice: Some("(c) Desk".into()),
        ..dated
    };
    assert_eq!(printed.notice().as_deref(), Some("(c) Desk"));
    let credited = rights(|rights| rights.credit_text = Some("Photo: Desk".into()));
    assert_eq!(credited.notice(), None);
}

#[test]
fn what_is_blank_names_nobody() {
    let blank = rights(|rights| {
        rights.credit_text = Some(" ".into());
        rights.copyright_notice = Some(String::new());
        rights.copyright_holder = Some("The desk".into());
    });
    assert_eq!(blank.credit_line().as_deref(), Some("© The desk"));
    assert_eq!(blank.notice().as_deref(), Some("© The desk"));
    let nobody = rights(|rights| rights.copyright_holder = Some("\u{a0}".into()));
    assert_eq!((nobody.credit_line(), nobody.notice()), (None, None));
}
