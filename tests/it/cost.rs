//! What an edit costs a process that knows the site: the places that are planned anew.

use std::{
    collections::BTreeSet,
    convert::Infallible,
    fs,
    path::{Path, PathBuf},
};

use crate::site::{self, Files, TODAY};
use linli::{
    build::{self, BuildState, Sink},
    diagnostic::Severity,
    output::OutPath,
    source::{Disk, SitePath},
};

const HONORS: &str = "- {award: 好邻居, name: 王秀兰, date: 2026-03-05, citation: 送饭}\n";

const PATROLS: &str =
    "- {date: 2026-03-05, team: 甲队, members: 3, hours: 2, found: 1, handled: 1}\n";

const NOTICE: &str = "---\ntitle: 停水\ndate: 2026-11-20\n---\n周五停水。\n";

const PHOTO: &[u8] = include_bytes!("incremental/portal/content/heping/street.png");

const OTHER_PHOTO: &[u8] = include_bytes!("incremental/images/blue.png");

/// A city of seven streets with eight communities each.
fn portal() -> Files {
    let mut files = Files::new();
    let mut add = |path: String, text: String| drop(files.insert(path, text.into()));
    add("content/place.yaml".to_owned(), "name: 甲市\nlevel: city\n".to_owned());
    for street in 0..7 {
        let folder = format!("content/s{street}");
        add(format!("{folder}/place.yaml"), format!("name: {street}街道\nlevel: street\n"));
        for community in 0..8 {
            let folder = format!("{folder}/c{community}");
            let name = format!("name: {street}街{community}社区\nlevel: community\n");
            add(format!("{folder}/place.yaml"), name);
            add(format!("{folder}/honors.yaml"), HONORS.to_owned());
            add(format!("{folder}/notices/2026-11-20-water.md"), NOTICE.to_owned());
        }
    }
    files
}

/// A site that one process builds again and again.
struct Served {
    folder: tempfile::TempDir,
    state: BuildState,
}

impl Served {
    fn new() -> Self {
        let served = Self { folder: tempfile::tempdir().unwrap(), state: BuildState::default() };
        site::write(served.folder.path(), &portal());
        served
    }

    /// Builds after these files or folders were written, came or went. Returns the paths of the
    /// places whose artifacts were looked at.
    fn build(&mut self, written: &[&str]) -> BTreeSet<String> {
        let world = Disk::new(self.folder.path()).unwrap();
        let settings = site::settings(&world, TODAY);
        let written: Vec<SitePath> = written.iter().copied().map(SitePath::new).collect();
        let tree = self.state.tree().refresh(&world, &written);
        let mut site = build::update(&world, tree, &settings, &mut self.state);
        let errors: Vec<_> =
            site.diagnostics.iter().filter(|it| it.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let (plan, portal) = (&site.value.plan, &site.value.portal);
        let parts = plan.parts.iter().filter_map(|part| part.place);
        let planned = parts.map(|place| portal.place(place).path.clone()).collect();
        let sink = Sink(|_: &OutPath, _: &[u8]| Ok::<_, Infallible>(()));
        let Ok(made) = build::make::make(&mut site.value, &mut self.state, &sink);
        drop(site);
        made.remember(&mut self.state);
        planned
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// An edit of the community `s3/c2`, after which no other place is planned but those above it.
    fn check(&mut self, what: &str, written: &[&str], edit: impl Fn(&dyn Fn(&str) -> PathBuf)) {
        edit(&|path| self.path(path));
        let planned = self.build(written);
        let allowed = ["", "s3", "s3/c2"].map(str::to_owned);
        let others: Vec<_> = planned.iter().filter(|path| !allowed.contains(path)).collect();
        assert!(others.is_empty(), "{what}: {} places beside: {others:?}", others.len());
    }
}

fn write(path: &Path, bytes: impl AsRef<[u8]>) {
    fs::write(path, bytes).unwrap();
}

#[test]
fn what_comes_and_goes_costs_no_more_than_an_edit() {
    const HERE: &str = "content/s3/c2";
    let mut served = Served::new();
    assert_eq!(served.build(&[]).len(), 1 + 7 + 7 * 8);
    assert_eq!(served.build(&[]).len(), 0, "nothing was edited");
    let at = |name: &str| format!("{HERE}/{name}");

    let honors = at("honors.yaml");
    served.check("a record file is edited", &[&honors], |path| {
        write(&path(&honors), HONORS.replace("送饭", "扫雪"));
    });
    let patrols = at("patrols.yaml");
    served.check("a record file comes", &[&patrols], |path| {
        write(&path(&patrols), PATROLS);
    });
    let (folder, part) = (at("honors"), at("honors/2025.yaml"));
    served.check("a record file becomes a folder of them", &[&honors, &folder, &part], |path| {
        fs::remove_file(path(&honors)).unwrap();
        fs::create_dir(path(&folder)).unwrap();
        write(&path(&part), HONORS);
    });
    let renamed = at("honors/2026.yaml");
    served.check("a record file gets another name", &[&part, &renamed], |path| {
        fs::rename(path(&part), path(&renamed)).unwrap();
    });
    served.check("a record file goes", &[&folder], |path| {
        fs::remove_dir_all(path(&folder)).unwrap();
    });

    let notice = at("notices/2026-11-21-fees.md");
    served.check("a notice comes", &[&notice], |path| write(&path(&notice), NOTICE));
    let renamed = at("notices/2026-11-21-costs.md");
    served.check("a notice gets another name", &[&notice, &renamed], |path| {
        fs::rename(path(&notice), path(&renamed)).unwrap();
    });
    served.check("a notice goes", &[&renamed], |path| fs::remove_file(path(&renamed)).unwrap());

    let (photo, place) = (at("photo.png"), at("place.yaml"));
    served.check("an image comes and is shown", &[&photo, &place], |path| {
        write(&path(&photo), PHOTO);
        let text = fs::read_to_string(path(&place)).unwrap();
        write(&path(&place), text + "photo: photo.png\n");
    });
    served.check("an image is edited", &[&photo], |path| write(&path(&photo), OTHER_PHOTO));
    let renamed = at("office.png");
    served.check("an image gets another name", &[&photo, &renamed, &place], |path| {
        fs::rename(path(&photo), path(&renamed)).unwrap();
        let text = fs::read_to_string(path(&place)).unwrap();
        write(&path(&place), text.replace("photo.png", "office.png"));
    });
    served.check("an image goes", &[&renamed, &place], |path| {
        fs::remove_file(path(&renamed)).unwrap();
        let text = fs::read_to_string(path(&place)).unwrap();
        write(&path(&place), text.replace("photo: office.png\n", ""));
    });
}
