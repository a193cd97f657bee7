//! Each stage on a district of a hundred communities, in memory.

use std::{convert::Infallible, fmt::Write as _, hint::black_box};

use criterion::{Criterion, criterion_group, criterion_main};
use linli::{
    Options,
    build::{self, BuildState, Settings, Sink},
    clock::Clock,
    output::{OutPath, Stage},
    schema,
    source::{self, MemoryWorld, SitePath, Text, Tree, yaml},
};

const COMMUNITIES: usize = 100;

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = stages
}
criterion_main!(benches);

fn stages(criterion: &mut Criterion) {
    let world = district();
    let mut settings = Settings::read(&world, &Options::default());
    settings.clock = Clock::parse("2026-06-01", &settings.config.time_zone).expect("a date");
    let content = SitePath::new("content");
    let text = Text { path: SitePath::new("a.yaml"), content: flags() };
    criterion.bench_function("source/yaml, 104 records", |bench| {
        bench.iter(|| black_box(yaml::parse(&text, 0..text.content.len())));
    });
    criterion.bench_function("source/walk", |bench| {
        bench.iter(|| black_box(source::walk(&world, &content)));
    });
    criterion.bench_function("schema/decode", |bench| {
        bench.iter(|| black_box(schema::decode(&world, &settings.config).value));
    });
    let update =
        |state: &mut BuildState| build::update(&world, Tree::take(&world), &settings, state).value;
    criterion.bench_function("read, nothing known", |bench| {
        bench.iter(|| black_box(update(&mut BuildState::default())));
    });
    let mut state = BuildState::default();
    drop(update(&mut state));
    criterion.bench_function("read, all known", |bench| {
        bench.iter(|| black_box(update(&mut state)));
    });
    let made = |sink: &dyn Fn(&OutPath, &[u8])| {
        let mut state = BuildState::default();
        let mut site = update(&mut state);
        let written = std::sync::Mutex::new(Vec::new());
        let collect = Sink(|path: &OutPath, bytes: &[u8]| {
            written.lock().expect("no thread panics").push((path.clone(), bytes.to_vec()));
            Ok::<_, Infallible>(())
        });
        let Ok(_) = build::make::make(&mut site, &mut state, &collect);
        let written = written.into_inner().expect("no thread panics");
        written.iter().for_each(|(path, bytes)| sink(path, bytes));
    };
    criterion.bench_function("read and make", |bench| {
        bench.iter(|| {
            made(&|_, bytes| {
                black_box(bytes);
            });
        });
    });
    criterion.bench_function("read, make, and a new folder", |bench| {
        bench.iter_with_large_drop(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let stage = Stage::open(&folder.path().join("public"), None).expect("a new folder");
            made(&|path, bytes| drop(stage.write(path, bytes).expect("room")));
            stage.commit().expect("a swap");
            folder
        });
    });
}

fn flags() -> String {
    let mut yaml = String::new();
    for week in 0..104 {
        let (year, month, day) = (2024 + week / 52, week % 12 + 1, week / 12 % 28 + 1);
        writeln!(
            yaml,
            "- date: {year}-{month:02}-{day:02}\n  attendance: {}\n  leader: 王秀兰\n  theme: 民族团结一家亲",
            week % 52 + 100
        )
        .expect("text");
    }
    yaml
}

fn district() -> MemoryWorld {
    let mut files = vec![
        ("site.toml".to_owned(), "title = \"区\"\n".to_owned()),
        ("content/place.yaml".to_owned(), "name: 区\nlevel: district\n".to_owned()),
    ];
    for number in 0..COMMUNITIES {
        let folder = format!("content/c{number}");
        files.push((
            format!("{folder}/place.yaml"),
            format!("name: 第{number}社区\nlevel: community\n"),
        ));
        files.push((format!("{folder}/flag-raising.yaml"), flags()));
        for notice in 1..5 {
            let text = format!(
                "---\ntitle: 通知{notice}\ndate: 2026-03-0{notice}\n---\n各位居民：\n\n**注意：**请携带身份证，见[升旗](../flag-raising.yaml)。\n"
            );
            files.push((format!("{folder}/notices/n{notice}.md"), text));
        }
    }
    MemoryWorld::new(files)
}
