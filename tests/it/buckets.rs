//! `linli publish` to a bucket: a real server of S3 (`tests/s3.sh` starts one and says where in
//! `LINLI_S3_SERVER`), and between it and the program a line that counts, and fails as it is told.

mod line;

use std::{
    collections::BTreeMap,
    fs,
    io::Read as _,
    process::Stdio,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
    time::{Duration, Instant},
};

use flate2::read::GzDecoder;

use crate::incremental::desk;
use crate::publish::{
    Desk, HONORS, check, has, honors,
    kills::{kill_in, kills},
    told,
};
use crate::site::{Files, TODAY};
use line::{Fault, Line, Seen, ask};

const SECRET: &str = "never-told-to-anybody";
const NOTICE: &str = "content/xingfu/notices/2026-11-21-new.md";

/// A desk whose site is published to a bucket of its own.
struct Bucket {
    desk: Desk,
    line: Line,
    server: String,
    name: String,
}

impl Bucket {
    /// Nothing where there is no server.
    #[expect(clippy::print_stderr, reason = "who runs the tests is told what was not tested")]
    fn new(settings: &str) -> Option<Self> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let Ok(server) = std::env::var("LINLI_S3_SERVER") else {
            eprintln!("skipped: there is no server of S3; run tests/s3.sh");
            return None;
        };
        let count = COUNT.fetch_add(1, Relaxed);
        let name = format!("portal-{}-{count}", std::process::id());
        assert_eq!(ask(&server, "PUT", &format!("/{name}"), "").0, 200);
        let line = Line::open(&server);
        let port = line.port;
        let target = format!(
            "\n[publish.oss]\ns3 = \"{name}\"\nendpoint = \"http://127.0.0.1:{port}\"\n\
             folder = \"www\"\n{settings}"
        );
        let desk = Desk::new(&target);
        Some(Self { desk, line, server, name })
    }

    fn command(&self, args: &[&str]) -> assert_cmd::Command {
        let mut command = self.desk.linli(args);
        command.env("LINLI_S3_ID", "AKIDEXAMPLE").env("LINLI_S3_SECRET", SECRET);
        command
    }

    /// Publishes, and gives what was said and what was asked.
    fn publish(&self, args: &[&str], status: i32) -> (String, Vec<Seen>) {
        self.line.seen();
        let all = [&["publish", "oss", "--as-of", TODAY], args].concat();
        let said = told(&mut self.command(&all), status);
        assert!(!said.contains(SECRET), "{said}");
        (said, self.line.seen())
    }

    /// All objects, as they were before they were compressed; those of the program, too.
    fn objects(&self) -> Files {
        let (mut objects, mut from) = (Files::new(), String::new());
        loop {
            let list = format!("/{}?list-type=2&max-keys=1000{from}", self.name);
            let (status, bytes) = ask(&self.server, "GET", &list, "");
            assert_eq!(status, 200);
            let listed = String::from_utf8(bytes).unwrap();
            let values = |tag: &str| -> Vec<String> {
                let open = format!("<{tag}>");
                let parts = listed.split(open.as_str()).skip(1);
                parts.map(|it| it.split('<').next().unwrap().to_owned()).collect()
            };
            for key in values("Key") {
                let (status, bytes) =
                    ask(&self.server, "GET", &format!("/{}/{}", self.name, encoded(&key)), "");
                assert_eq!(status, 200, "{key}");
                let mut whole = Vec::new();
                let is_packed = bytes.starts_with(&[0x1f, 0x8b]);
                if !is_packed || GzDecoder::new(&*bytes).read_to_end(&mut whole).is_err() {
                    whole = bytes;
                }
                objects.insert(key, whole);
            }
            let Some(token) = values("NextContinuationToken").pop() else { return objects };
            from = format!("&continuation-token={token}");
        }
    }

    /// All that the public finds.
    fn found(&self) -> Files {
        let objects = self.objects().into_iter();
        let site = objects.filter_map(|(key, bytes)| {
            let path = key.strip_prefix("www/")?;
            (!path.starts_with(".linli/")).then(|| (path.to_owned(), bytes))
        });
        site.collect()
    }

    /// The site of before, and what is changed of it: she withdraws, a notice is over, one is new.
    fn edit(&self) {
        self.desk.edit(HONORS, &honors(&["李明"]));
        let _ =
            fs::remove_file(self.desk.site().join("content/xingfu/notices/2026-10-20-water.md"));
        self.desk.edit(NOTICE, "---\ntitle: 新\ndate: 2026-11-21\n---\n\n新的。\n");
    }

    /// Nothing but the site is there, and nobody publishes.
    fn check_done(&self) {
        assert_eq!(desk::differing(&self.found(), &self.desk.built()), [""; 0]);
        let objects = self.objects();
        let own: Vec<&str> =
            objects.keys().filter(|it| it.starts_with("www/.linli/")).map(String::as_str).collect();
        assert_eq!(own, ["www/.linli/published.json.gz"]);
    }
}

/// A key in an address.
fn encoded(key: &str) -> String {
    let plain = |it: &u8| it.is_ascii_alphanumeric() || b"-_./~".contains(it);
    key.bytes()
        .map(|it| if plain(&it) { char::from(it).to_string() } else { format!("%{it:02X}") })
        .collect()
}

/// What was put and deleted, in order.
fn changes(seen: &[Seen]) -> Vec<String> {
    let changes = seen.iter().filter(|it| ["PUT", "DELETE"].contains(&it.method.as_str()));
    let change = |it: &Seen| {
        let path = it.path.split_once("/www/").map_or("", |(_, path)| path).to_owned();
        let sign = if it.method == "PUT" { '+' } else { '-' };
        (!path.starts_with(".linli/")).then(|| format!("{sign}{path}"))
    };
    changes.filter_map(change).collect()
}

#[test]
fn a_bucket_has_what_was_built_and_nothing_withdrawn() {
    let Some(bucket) = Bucket::new("") else { return };
    let (plan, _) = bucket.publish(&["--dry-run"], 0);
    assert!(plan.contains("oss: "), "{plan}");
    assert_eq!(bucket.found().len(), 0);
    let (said, seen) = bucket.publish(&[], 0);
    assert!(said.contains("oss: ") && said.contains("file by file"), "{said}");
    bucket.check_done();
    assert!(!has(&bucket.found(), "王秀兰").is_empty());
    // What browsers are told, and that all that is put has a hash, by which it arrives whole.
    let put = |path: &str| {
        let is_it = |it: &&Seen| it.method == "PUT" && it.path.ends_with(path);
        seen.iter().find(is_it).unwrap_or_else(|| panic!("no {path}"))
    };
    let home = put("/www/index.html");
    assert_eq!(home.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(home.header("cache-control"), "public, max-age=300");
    assert_eq!(home.header("content-encoding"), "gzip");
    assert_ne!(home.header("content-md5"), "");
    let data = put(".csv");
    assert_eq!(data.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(data.header("content-encoding"), "");
    let theme = seen.iter().find(|it| it.path.contains("/www/assets/")).unwrap();
    assert!(theme.header("cache-control").contains("immutable"));
    assert_eq!(put("published.json.gz").header("x-amz-acl"), "private");
    // Nothing changes.
    let (said, seen) = bucket.publish(&[], 0);
    assert!(said.contains("nothing to do"), "{said}");
    assert!(seen.len() <= 3, "{seen:?}");
    // What goes is deleted first, and what comes last is where visitors enter.
    bucket.edit();
    let (_, seen) = bucket.publish(&[], 0);
    bucket.check_done();
    assert_eq!(has(&bucket.objects(), "王秀兰"), [""; 0]);
    let changes = changes(&seen);
    assert!(changes.len() < bucket.found().len(), "{changes:?}");
    let is_deletion = |it: &&String| it.starts_with('-');
    let after: Vec<&String> = changes.iter().skip_while(is_deletion).collect();
    assert!(changes.contains(&"-xingfu/notices/2026-10-20-water/index.html".to_owned()));
    assert_eq!(after.iter().filter(|it| is_deletion(it)).count(), 0, "{changes:?}");
    let before = |changes: &[String], first: &str, second: &str| {
        let at = |change: &str| changes.iter().position(|it| it == change).expect(change);
        assert!(at(first) < at(second), "{changes:?}");
    };
    let new = "+xingfu/notices/2026-11-21-new/index.html";
    before(&changes, "+xingfu/honors/index.html", new);
    // Where nothing is withdrawn a new page is there before any page that links to it.
    let another = "content/xingfu/notices/2026-11-22-other.md";
    bucket.desk.edit(another, "---\ntitle: 另\ndate: 2026-11-22\n---\n\n另外。\n");
    let (_, seen) = bucket.publish(&[], 0);
    bucket.check_done();
    let changes = self::changes(&seen);
    before(&changes, "+xingfu/notices/2026-11-22-other/index.html", "+xingfu/index.html");
    before(&changes, "+xingfu/index.html", "+index.html");
    // What somebody changes is told, and sent again.
    let at = |path: &str| format!("/{}/www/{path}", bucket.name);
    assert_eq!(ask(&bucket.server, "PUT", &at("stray.html"), "x").0, 200);
    assert_eq!(ask(&bucket.server, "PUT", &at("xingfu/index.html"), "x").0, 200);
    ask(&bucket.server, "DELETE", &at("404.html"), "");
    let verified = bucket.command(&["verify", "oss"]).assert().code(1).get_output().clone();
    let listed = String::from_utf8(verified.stdout).unwrap();
    assert_eq!(listed, "missing: 404.html\nchanged: xingfu/index.html\nadded: stray.html\n");
    bucket.publish(&["--all"], 0);
    ask(&bucket.server, "DELETE", &at("stray.html"), "");
    bucket.check_done();
}

#[test]
fn what_fails_is_tried_again() {
    let Some(bucket) = Bucket::new("patience = 2\n") else { return };
    // Of each object the first try fails, in turn by a busy server, one that breaks, one that never
    // answers, an upload that is cut, one of which half arrives, and an answer that is lost.
    let faults = [
        Fault::Status(503, "SlowDown"),
        Fault::Status(500, "InternalError"),
        Fault::CutUpload,
        Fault::HalfUpload,
        Fault::LostAnswer,
        Fault::Status(429, "TooManyRequests"),
    ];
    let mut tried = BTreeMap::<String, usize>::new();
    let mut count = 0;
    bucket.line.fail(move |seen| {
        let tries = tried.entry(format!("{} {}", seen.method, seen.path)).or_default();
        *tries += 1;
        count += 1;
        if count == 30 {
            Fault::Silence
        } else if *tries == 1 {
            faults[count % faults.len()]
        } else {
            Fault::None
        }
    });
    bucket.publish(&[], 0);
    bucket.check_done();
    bucket.edit();
    bucket.publish(&[], 0);
    bucket.check_done();
    assert_eq!(has(&bucket.objects(), "王秀兰"), [""; 0]);
}

#[test]
fn a_run_that_is_cut_short_goes_on() {
    let Some(bucket) = Bucket::new("") else { return };
    let is_page = |seen: &Seen| seen.method == "PUT" && !seen.path.contains("/.linli/");
    let refused = |after: usize, status: u16, code: &'static str| {
        let mut count = 0;
        move |seen: &Seen| {
            count += usize::from(is_page(seen));
            if count > after { Fault::Status(status, code) } else { Fault::None }
        }
    };
    // The keys are refused half-way.
    bucket.line.fail(refused(20, 403, "AccessDenied"));
    let (said, _) = bucket.publish(&[], 2);
    assert!(said.contains("refuses these keys") && said.contains("AccessDenied"), "{said}");
    // What arrived is not sent again. The lock stands, since nobody could remove it; its process is gone.
    bucket.line.fail(|_| Fault::None);
    let (said, seen) = bucket.publish(&[], 0);
    assert!(said.contains("did not come to an end"), "{said}");
    bucket.check_done();
    let sent = changes(&seen).len();
    assert!(sent + 20 <= bucket.found().len() && sent > 0, "{sent} of {}", bucket.found().len());
    // Once somebody withdrew, what fails leaves her name nowhere beside anything new.
    bucket.edit();
    for (after, (status, code, words)) in [
        (0, (403, "AccessDenied", "refuses these keys")),
        (2, (403, "RequestTimeTooSkewed", "timedatectl")),
        (5, (507, "InsufficientStorage", "no more room")),
        (8, (403, "AccessDenied", "refuses these keys")),
        (11, (500, "InternalError", "failed (InternalError")),
    ] {
        bucket.line.fail(refused(after, status, code));
        let (said, _) = bucket.publish(&[], 2);
        assert!(said.contains(words), "{after}: {said}");
        check(&bucket.found(), &format!("{code} after {after}"));
    }
    bucket.line.fail(|_| Fault::None);
    bucket.publish(&[], 0);
    bucket.check_done();
    assert_eq!(has(&bucket.objects(), "王秀兰"), [""; 0]);
}

#[test]
fn a_service_that_is_silent_is_not_waited_for_without_end() {
    let Some(bucket) = Bucket::new("patience = 1\n") else { return };
    bucket.publish(&[], 0);
    bucket.edit();
    for after in [0, 12] {
        let mut count = 0;
        bucket.line.fail(move |_| {
            count += 1;
            if count > after { Fault::Silence } else { Fault::None }
        });
        let (said, _) = bucket.publish(&[], 2);
        assert!(said.contains("cannot be reached"), "{after}: {said}");
        bucket.line.settle();
        check(&bucket.found(), &format!("silent after {after}"));
    }
    bucket.line.fail(|_| Fault::None);
    bucket.publish(&[], 0);
    bucket.check_done();
}

#[test]
fn a_killed_run_to_a_bucket_is_repaired_by_the_next() {
    let Some(bucket) = Bucket::new("") else { return };
    let mut time = Duration::ZERO;
    for round in 0..kills() {
        let _ = fs::remove_file(bucket.desk.site().join(NOTICE));
        bucket.desk.edit(HONORS, &honors(&["王秀兰", "李明"]));
        bucket.publish(&[], 0);
        bucket.edit();
        let what = format!("round {round}");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_linli"));
        command.args(["publish", "oss", "--as-of", TODAY, "--site"]).arg(bucket.desk.site());
        command.env("LINLI_S3_ID", "AKIDEXAMPLE").env("LINLI_S3_SECRET", SECRET);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.stderr(Stdio::null()).stdout(Stdio::null());
        kill_in(&mut command.spawn().unwrap(), time, round);
        bucket.line.settle();
        check(&bucket.found(), &what);
        let begun = Instant::now();
        bucket.publish(&[], 0);
        time = begun.elapsed();
        assert_eq!(desk::differing(&bucket.found(), &bucket.desk.built()), [""; 0], "{what}");
        assert_eq!(has(&bucket.objects(), "王秀兰"), [""; 0], "{what}");
    }
}

#[test]
fn one_publishes_at_a_time() {
    let Some(bucket) = Bucket::new("") else { return };
    let lock = format!("/{}/www/.linli/lock", bucket.name);
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let holder = |until: u64| {
        format!(
            "{{\"by\":\"wang@office\",\"machine\":\"office\",\"process\":1,\"since\":{},\"until\":{until}}}",
            now - 600
        )
    };
    ask(&bucket.server, "PUT", &lock, &holder(now + 600));
    let (said, _) = bucket.publish(&[], 2);
    assert!(said.contains("wang@office is publishing there, for 10 min"), "{said}");
    assert_eq!(bucket.found().len(), 0);
    // One that is over, and one of a clock that is wrong, hold nobody up.
    for until in [now - 60, now + 999_999] {
        ask(&bucket.server, "PUT", &lock, &holder(until));
        let (said, _) = bucket.publish(&["--all"], 0);
        assert!(said.contains("wang@office began to publish"), "{said}");
        bucket.check_done();
    }
    // A service that takes no notice of the condition: who wrote last has it.
    bucket.line.ignore_conditions();
    bucket.edit();
    bucket.publish(&[], 0);
    bucket.check_done();
    let server = bucket.server.clone();
    let (mut count, theirs) = (0, holder(now + 600));
    bucket.line.fail(move |seen| {
        if seen.method == "PUT" && seen.path.ends_with("/lock") {
            count += 1;
        }
        if count == 2 && seen.method == "GET" {
            ask(&server, "PUT", &lock, &theirs);
        }
        Fault::None
    });
    bucket.desk.edit(HONORS, &honors(&["李明", "赵强"]));
    let (said, seen) = bucket.publish(&[], 2);
    assert!(said.contains("wang@office is publishing there"), "{said}");
    assert_eq!(changes(&seen), [""; 0]);
}

#[test]
fn what_a_service_refuses_is_told() {
    let Some(bucket) = Bucket::new("") else { return };
    for (status, code, said) in [
        (403, "RequestTimeTooSkewed", "the clock of this machine is wrong"),
        (403, "InvalidAccessKeyId", "refuses these keys"),
        (404, "NoSuchBucket", "has no such bucket"),
        (400, "InvalidRequest", "failed (InvalidRequest"),
    ] {
        bucket.line.fail(move |_| Fault::Status(status, code));
        let (told, _) = bucket.publish(&[], 2);
        assert!(told.contains(said), "{code}: {told}");
    }
    bucket.line.fail(|_| Fault::None);
    // Of a bucket with somebody's files nothing is touched.
    let theirs = format!("/{}/www/theirs.html", bucket.name);
    ask(&bucket.server, "PUT", &theirs, "x");
    let (said, seen) = bucket.publish(&[], 2);
    assert!(said.contains("did not publish (theirs.html)"), "{said}");
    assert_eq!(changes(&seen), [""; 0]);
    ask(&bucket.server, "DELETE", &theirs, "");
    // A record that is damaged is told, and the bucket is taken over by its files.
    bucket.publish(&[], 0);
    let record = format!("/{}/www/.linli/published.json.gz", bucket.name);
    ask(&bucket.server, "PUT", &record, "x");
    assert!(bucket.publish(&[], 2).0.contains("linli publish --adopt"));
    bucket.publish(&["--adopt"], 0);
    let (_, seen) = bucket.publish(&[], 0);
    assert_eq!(changes(&seen), [""; 0], "all of it is there");
    bucket.check_done();
}

#[cfg(unix)]
#[test]
fn keys_are_kept_from_others() {
    use std::os::unix::fs::PermissionsExt as _;
    let settings = |keys: &str| {
        format!(
            "\n[publish.oss]\ns3 = \"portal\"\nendpoint = \"http://127.0.0.1:9\"\nkeys = \"{keys}\"\n"
        )
    };
    let desk = Desk::new(&settings("../keys"));
    let run = || told(&mut desk.linli(&["publish", "oss", "--as-of", TODAY]), 2);
    assert!(run().contains("keys"));
    let file = desk.folder.path().join("keys");
    fs::write(&file, format!("id = AKIDEXAMPLE\nsecret = {SECRET}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
    assert!(run().contains("others can read the keys"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    let said = run();
    assert!(said.contains("cannot be reached") && !said.contains(SECRET), "{said}");
    fs::write(&file, "id = AKIDEXAMPLE\n").unwrap();
    assert!(run().contains("are wanted in"));
    let desk = Desk::new(&settings("keys"));
    desk.edit("keys", "id = A\nsecret = B\n");
    let said = told(&mut desk.linli(&["publish", "oss", "--as-of", TODAY]), 2);
    assert!(said.contains("lie in the folder of the site"), "{said}");
}

/// Writes a site of so many files, most of them pages, and gives its folder.
fn portal(files: usize) -> Desk {
    let desk = Desk::new("");
    let notices = |place: &str, count: usize| {
        let folder = desk.site().join(format!("content/{place}"));
        fs::create_dir_all(folder.join("notices")).unwrap();
        fs::write(folder.join("place.yaml"), format!("name: {place}社区\nlevel: community\n"))
            .unwrap();
        for at in 0..count {
            let (month, day) = (at % 10 + 1, at % 28 + 1);
            let text = format!(
                "---\ntitle: 第{at}号通知\ndate: 2026-{month:02}-{day:02}\n---\n\n{}\n",
                "本周六上午在居委会门口登记。".repeat(at % 20 + 1)
            );
            fs::write(folder.join(format!("notices/2026-{month:02}-{day:02}-n{at}.md")), text)
                .unwrap();
        }
    };
    for place in 0..files / 100 {
        notices(&format!("p{place}"), 84);
    }
    desk
}

/// Requests, bytes and seconds of a portal of 10,000 files, beside those of rclone.
#[test]
#[ignore = "measures; run by tests/s3.sh --ignored buckets::figures --nocapture"]
#[expect(clippy::print_stderr, reason = "figures are for who runs it")]
fn figures() {
    let Some(mut bucket) = Bucket::new("") else { return };
    let settings = fs::read_to_string(bucket.desk.site().join("site.toml")).unwrap();
    bucket.desk = portal(10_000);
    bucket.desk.edit("site.toml", &settings);
    let out = bucket.desk.site().join("public");
    let endpoint = format!("http://127.0.0.1:{}", bucket.line.port);
    let other = format!("{}-rclone", bucket.name);
    assert_eq!(ask(&bucket.server, "PUT", &format!("/{other}"), "").0, 200);
    let show = |who: &str, what: &str, seen: &[Seen], time: Duration| {
        let sum = |of: fn(&Seen) -> usize| seen.iter().map(of).sum::<usize>() / 1024;
        let (requests, sent, received) = (seen.len(), sum(|it| it.sent), sum(|it| it.received));
        let seconds = time.as_secs_f64();
        eprintln!(
            "{who}, {what}: {requests} requests, {sent} KB sent, {received} KB received, {seconds:.1} s"
        );
    };
    for what in ["first time", "one notice changed", "nothing changed"] {
        if what == "one notice changed" {
            bucket.desk.edit(
                "content/p7/notices/2026-01-01-n0.md",
                "---\ntitle: 第0号通知\ndate: 2026-01-01\n---\n\n改到下周六上午登记。\n",
            );
        }
        bucket.desk.linli(&["build", "--as-of", TODAY]).assert().code(0);
        let begun = Instant::now();
        let (_, seen) = bucket.publish(&[], 0);
        show("linli publish", what, &seen, begun.elapsed());
        let mut rclone = std::process::Command::new("rclone");
        rclone.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        rclone.args([
            "sync",
            "--quiet",
            "--transfers",
            "32",
            "--checkers",
            "32",
            "--s3-no-check-bucket",
        ]);
        rclone.arg(&out).arg(format!(":s3:{other}/www")).args([
            "--s3-provider",
            "Minio",
            "--s3-endpoint",
            &endpoint,
        ]);
        rclone.args([
            "--s3-access-key-id",
            "AKIDEXAMPLE",
            "--s3-secret-access-key",
            SECRET,
            "--config",
            "/dev/null",
        ]);
        let begun = Instant::now();
        match rclone.status() {
            Ok(status) => {
                assert!(status.success());
                show("rclone sync", what, &bucket.line.seen(), begun.elapsed());
            }
            Err(_) => eprintln!("there is no rclone"),
        }
    }
    eprintln!("{} files", bucket.desk.built().len());
}
