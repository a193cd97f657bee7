//! Documents as programs write them, made here piece by piece.

use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;

/// A document of these files.
fn archive<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(name, SimpleFileOptions::default()).expect("a name");
        zip.write_all(text.as_bytes()).expect("memory");
    }
    zip.finish().expect("memory").into_inner()
}

const CORE: &str = "<cp:coreProperties><dc:creator>王秀英</dc:creator>\
    <cp:lastModifiedBy>Administrator</cp:lastModifiedBy></cp:coreProperties>";

/// A document of Word with this body.
fn docx(body: &str) -> Vec<u8> {
    let body = format!("<w:document><w:body>{body}</w:body></w:document>");
    archive([("word/document.xml", body.as_str()), ("docProps/core.xml", CORE)])
}

const WORKBOOK: &str = "<workbook><sheets><sheet name=\"名单\" r:id=\"r1\"/>\
    <sheet name=\"底稿\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>";

const RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/>\
    <Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>";

const SHARED: &str = "<sst><si><t>姓名</t></si><si><r><t>王</t></r><r><t>秀英</t></r></si>\
    <si><t>电话 &amp; 住址</t></si></sst>";

const SHEET: &str = "<worksheet><cols><col min=\"3\" max=\"4\" hidden=\"1\"/></cols><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>2</v></c></row>\
    <row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>1.3812345678E10</v></c>\
    <c r=\"C2\" t=\"inlineStr\"><is><t>内部</t></is></c></row>\
    <row r=\"3\" hidden=\"1\"><c r=\"A3\"><v>5</v></c></row></sheetData></worksheet>";

const HIDDEN_SHEET: &str = "<worksheet><sheetData><row r=\"9\"><c r=\"AB9\" t=\"str\"><v>甲</v></c>\
    </row></sheetData></worksheet>";

fn xlsx() -> Vec<u8> {
    archive([
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", SHARED),
        ("xl/worksheets/sheet1.xml", SHEET),
        ("xl/worksheets/sheet2.xml", HIDDEN_SHEET),
        ("xl/comments1.xml", "<comments><comment><text><t>问过了</t></text></comment></comments>"),
    ])
}

#[test]
fn what_readers_of_documents_pass_over_is_read() {
    let id = "11010519491231002X";
    let core = |element: &str| {
        format!("<cp:coreProperties><dc:{element}>{id}</dc:{element}></cp:coreProperties>")
    };
    for element in ["title", "subject", "keywords", "description", "category", "creator"] {
        let core = core(element);
        let bytes = archive([("word/document.xml", "<w:p/>"), ("docProps/core.xml", &core)]);
        let contents = look(AttachmentKind::Docx, "", &bytes).expect("a document");
        assert!(contents.text.contains(id), "{element}");
    }
    for body in [
        "<wp:docPr descr=\"王桂兰ID\"/>",
        "<w:fldSimple w:instr=\"QUOTE ID\"/>",
        "<w:instrText>QUOTE ID</w:instrText>",
        "<w:ffData><w:default w:val=\"ID\"/></w:ffData>",
        "<w:listItem w:displayText=\"ID\"/>",
        "<w:bookmarkStart w:name=\"ID\"/>",
        "<w:ins w:author=\"ID\"/>",
    ] {
        let contents = look(AttachmentKind::Docx, "", &docx(&body.replace("ID", id)));
        assert!(contents.expect("a document").text.contains(id), "{body}");
    }
    for sheet in [
        "<headerFooter><oddHeader>&amp;CID</oddHeader></headerFooter>",
        "<dataValidation prompt=\"ID\"><formula1>\"甲\"</formula1></dataValidation>",
        "<dataValidation><formula1>\"ID\"</formula1></dataValidation>",
        "<hyperlink tooltip=\"ID\"/>",
        "<filter val=\"ID\"/>",
        "<cfRule><formula>A1=\"ID\"</formula></cfRule>",
    ] {
        let sheet = format!("<worksheet><sheetData/>{}</worksheet>", sheet.replace("ID", id));
        let named = WORKBOOK.replace(
            "</sheets>",
            "</sheets><definedNames><definedName>\"甲\"</definedName></definedNames>",
        );
        let bytes = archive([
            ("xl/workbook.xml", named.as_str()),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/worksheets/sheet1.xml", &sheet),
            ("xl/worksheets/sheet2.xml", HIDDEN_SHEET),
        ]);
        let contents = look(AttachmentKind::Xlsx, "", &bytes).expect("a workbook");
        assert!(contents.text.contains(id) && contents.text.contains("\"甲\""), "{sheet}");
    }
}

/// Where in the contents a text stands, in words.
#[track_caller]
fn place(contents: &Contents, text: &str) -> String {
    let at = contents.text.find(text).unwrap_or_else(|| panic!("{text} in {}", contents.text));
    contents.passage(at).map(|it| contents.in_words(it, "zh-CN")).unwrap_or_default()
}

#[test]
fn documents_are_read_by_paragraph() {
    let bytes = docx(
        "<w:p><w:r><w:t>通</w:t></w:r><w:r><w:t>知</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc>\
         <w:tc><w:p><w:r><w:t>电话</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:ins><w:r><w:t>甲&lt;乙</w:t></w:r></w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>",
    );
    let contents = look(AttachmentKind::Docx, "", &bytes).expect("a document");
    assert_eq!(contents.text, "通知\n| 姓名  | 电话  |\n甲<乙丙\n王秀英\nAdministrator\n");
    assert_eq!(place(&contents, "通知"), "第 1 段");
    assert_eq!(place(&contents, "电话"), "第 2 段");
    assert_eq!(place(&contents, "丙"), "第 3 段");
    assert_eq!(contents.traces, [Trace::Changes, Trace::Author("王秀英".to_owned())]);
}

#[test]
fn workbooks_are_read_by_cell() {
    let contents = look(AttachmentKind::Xlsx, "", &xlsx()).expect("a workbook");
    assert_eq!(
        contents.text,
        format!(
            "## 名单\n| 姓名 | 电话 & 住址 |\n| 王秀英 | 13812345678 | 内部 |\n| 5 |\n## 底稿\n{}甲 |\n问过了\n",
            "| ".repeat(28)
        )
    );
    assert_eq!(place(&contents, "13812345678"), "工作表“名单”的 B2");
    assert_eq!(place(&contents, "甲"), "工作表“底稿”的 AB9");
    assert_eq!(place(&contents, "问过了"), "批注");
    let hidden = [Trace::Columns(0), Trace::Rows(0), Trace::Sheet(1)];
    assert_eq!(contents.traces, [&hidden[..], &[Trace::Comments]].concat());
}

#[test]
fn slides_are_read_one_by_one() {
    let slide = |text: &str, show: &str| {
        format!("<p:sld{show}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
    };
    let (first, second) = (slide("第一张", ""), slide("第二张", " show=\"0\""));
    let bytes = archive([
        ("ppt/presentation.xml", "<p/>"),
        ("ppt/slides/slide1.xml", first.as_str()),
        ("ppt/slides/slide2.xml", &second),
        ("ppt/notesSlides/notesSlide1.xml", &slide("讲的话", "")),
    ]);
    let contents = look(AttachmentKind::Pptx, "", &bytes).expect("slides");
    assert_eq!(place(&contents, "第二张"), "第 2 张幻灯片");
    assert_eq!(place(&contents, "讲的话"), "页眉、页脚或者备注");
    assert_eq!(contents.traces, [Trace::Slide(2)]);
}

#[test]
fn open_documents_are_read() {
    let text = "<office:text><text:tracked-changes/><text:p>甲<text:span>乙</text:span>\
        <office:annotation><text:p>问</text:p></office:annotation></text:p></office:text>";
    let odt = look(AttachmentKind::Odt, "", &archive([("content.xml", text)])).expect("a document");
    assert_eq!(place(&odt, "甲乙"), "第 1 段");
    assert_eq!(place(&odt, "问"), "批注");
    assert_eq!(odt.traces, [Trace::Changes, Trace::Comments]);
    let sheets = "<style:style style:name=\"h\"><style:table-properties table:display=\"false\"/>\
        </style:style><table:table table:name=\"名单\"><table:table-row table:number-rows-repeated=\"2\">\
        <table:table-cell table:number-columns-repeated=\"3\"/></table:table-row><table:table-row \
        table:visibility=\"collapse\"><table:table-cell table:number-columns-repeated=\"27\"/>\
        <table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row></table:table>\
        <table:table table:name=\"底\" table:style-name=\"h\"><table:table-row><table:table-cell>\
        <text:p>乙</text:p></table:table-cell></table:table-row></table:table>";
    let ods =
        look(AttachmentKind::Ods, "", &archive([("content.xml", sheets)])).expect("a workbook");
    assert_eq!(place(&ods, "甲"), "工作表“名单”的 AB3");
    assert_eq!(place(&ods, "乙"), "工作表“底”的 A1");
    assert_eq!(ods.traces, [Trace::Rows(0), Trace::Sheet(1)]);
}

#[test]
fn texts_are_read_by_line() {
    let (gbk, _, _) = encoding_rs::GBK.encode("姓名,电话\n王秀英,13812345678\n");
    for bytes in ["\u{feff}姓名,电话\n王秀英,13812345678\n".as_bytes(), &gbk] {
        let contents = look(AttachmentKind::Csv, "", bytes).expect("text");
        assert_eq!(place(&contents, "13812345678"), "第 2 行");
    }
    assert_eq!(look(AttachmentKind::Txt, "", b"\0\x01\x02\x03"), Err(Opaque::Encoding));
}

#[test]
fn what_nobody_can_read_is_opaque() {
    let picture = archive([
        ("word/document.xml", "<w:p><w:r><w:t>扫描件</w:t></w:r></w:p>"),
        ("word/media/image1.png", "x"),
    ]);
    let embedded = archive([("word/document.xml", "<w:p/>"), ("word/embeddings/a.xlsx", "x")]);
    for (kind, bytes, opaque) in [
        (AttachmentKind::Pdf, b"%PDF-1.7".to_vec(), Opaque::Kind),
        (AttachmentKind::Doc, b"\xD0\xCF\x11\xE0".to_vec(), Opaque::Kind),
        (AttachmentKind::Zip, archive([]), Opaque::Archive),
        // A password makes a document a file of the old kind.
        (AttachmentKind::Docx, b"\xD0\xCF\x11\xE0".to_vec(), Opaque::Unreadable),
        (AttachmentKind::Docx, archive([("a.txt", "a")]), Opaque::Unreadable),
        (AttachmentKind::Xlsx, docx(""), Opaque::Unreadable),
        (AttachmentKind::Docx, picture, Opaque::Pictures),
        (AttachmentKind::Docx, embedded, Opaque::Embedded),
    ] {
        assert_eq!(look(kind, "", &bytes), Err(opaque), "{kind:?}");
    }
}

#[test]
fn parts_that_no_reader_knows_are_read_all_the_same() {
    let said = "<a:p><a:r><a:t>138</a:t></a:r><a:r><a:t>12345678</a:t></a:r></a:p>";
    for (name, part) in [
        ("word/diagrams/data1.xml", said),
        ("word/charts/chart1.xml", said),
        ("word/hdr1.xml", said),
        ("word/glossary/document.xml", said),
        ("customXml/item1.xml", said),
        ("docProps/custom.xml", "<property name=\"13812345678\"/>"),
        ("word/_rels/document.xml.rels", "<Relationship Target=\"tel:13812345678\"/>"),
        ("word/a.vml", "<v:textpath string=\"13812345678\"/>"),
        ("xl/SharedStrings.xml", "<si><t>13812345678</t></si>"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", "<s v=\"13812345678\"/>"),
    ] {
        let body = "<w:document><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:document>";
        let bytes = archive([("word/document.xml", body), (name, part)]);
        let contents = look(AttachmentKind::Docx, "", &bytes).expect(name);
        assert!(contents.text.contains("13812345678"), "{name}: {}", contents.text);
    }
}

#[test]
fn other_files_within_a_document_are_not_looked_into() {
    let large = "x".repeat(101 << 10);
    for (name, bytes, opaque) in [
        ("word/afchunk1.docx", "x", Opaque::Embedded),
        ("word/afchunk.htm", "x", Opaque::Embedded),
        ("word/vbaProject.bin", "x", Opaque::Embedded),
        ("word/activeX/activeX1.bin", "x", Opaque::Embedded),
        ("evil.exe", "x", Opaque::Embedded),
        ("word/media/image1.jpeg", &*large, Opaque::Pictures),
    ] {
        let said = "很长的一段话，足够不是扫描件。".repeat(5);
        let body = format!("<w:document><w:p><w:r><w:t>{said}</w:t></w:r></w:p></w:document>");
        let bytes = archive([("word/document.xml", body.as_str()), (name, bytes)]);
        assert_eq!(look(AttachmentKind::Docx, "", &bytes), Err(opaque), "{name}");
    }
    let calm = [("word/media/sign.png", "x"), ("word/fonts/a.odttf", "x"), ("mimetype", "x")];
    let body = "<w:document><w:p><w:r><w:t>很长的一段话，足够不是扫描件，再长一点，再长一点点，到三十个字以上才算有字。</w:t></w:r></w:p></w:document>";
    let files = std::iter::once(("word/document.xml", body)).chain(calm);
    assert!(look(AttachmentKind::Docx, "", &archive(files)).is_ok());
}

#[test]
fn what_repeats_is_bounded() {
    let shared = format!("<sst><si><t>{}</t></si></sst>", "甲".repeat(10_000));
    let row = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>".repeat(4000);
    let sheet = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
    let bytes = archive([
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", &shared),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/sheet2.xml", HIDDEN_SHEET),
    ]);
    assert_eq!(look(AttachmentKind::Xlsx, "", &bytes), Err(Opaque::TooMuch));
}

#[test]
fn a_document_unfolds_within_bounds() {
    let bomb = " ".repeat(100 << 20);
    let bytes = archive([("word/document.xml", bomb.as_str())]);
    assert!(bytes.len() < 1 << 20);
    assert_eq!(look(AttachmentKind::Docx, "", &bytes), Err(Opaque::TooMuch));
}

/// A workbook of one sheet with these rows.
fn book(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    archive([
        ("xl/workbook.xml", "<sheets><sheet name=\"低保名单\" r:id=\"r1\"/></sheets>"),
        ("xl/_rels/workbook.xml.rels", "<Relationship Id=\"r1\" Target=\"worksheets/s.xml\"/>"),
        ("xl/worksheets/s.xml", &sheet),
    ])
}

#[test]
fn names_of_files_and_sheets_are_part_of_the_text() {
    let bytes = book("<row><c t=\"str\"><v>王秀英</v></c></row>");
    let contents = look(AttachmentKind::Xlsx, "2026 发放", &bytes).expect("a workbook");
    assert_eq!(contents.text, "2026 发放\n## 低保名单\n| 王秀英 |\n");
    assert_eq!(&contents.text[contents.title.clone()], "2026 发放");
    assert_eq!(place(&contents, "2026"), "文件的名字");
    assert_eq!(place(&contents, "低保"), "工作表“低保名单”的名字");
    assert_eq!(place(&contents, "王秀英"), "工作表“低保名单”的 A1");
}

#[test]
fn names_of_sheets_that_name_somebody_are_not_told() {
    let bytes = book("<row r=\"3\"><c t=\"str\"><v>甲</v></c></row>");
    let mut contents = look(AttachmentKind::Xlsx, "", &bytes).expect("a workbook");
    contents.hide_sheet_names(|name| name.contains("低保"));
    assert_eq!(place(&contents, "甲"), "第 1 个工作表的 A3");
}

#[test]
fn numbers_are_read_whatever_they_are_stored_as() {
    for (cell, read) in [
        ("<c r=\"A1\"><v>13812345678.0</v></c>", Ok("13812345678")),
        ("<c r=\"A1\"><v>1.3812345678E+10</v></c>", Ok("13812345678")),
        ("<c r=\"A1\"><v>3.50</v></c>", Ok("3.50")),
        ("<c><f>A2&amp;B2</f><v>13812345678</v></c>", Ok("13812345678")),
        ("<c><f>IF(B1,\"13812345678\",\"\")</f><v>0</v></c>", Ok("0 |\n13812345678")),
        ("<c><f>SUM(B1:B9)</f></c><c><v>1</v></c>", Ok("1")),
        ("<c><f>CONCATENATE(\"138\",B2)</f></c>", Err(Opaque::Formulas)),
        ("<c><f>A2&amp;B2</f><v></v></c>", Err(Opaque::Formulas)),
    ] {
        let contents = look(AttachmentKind::Xlsx, "", &book(&format!("<row>{cell}</row>")));
        let is_read = contents.as_ref().map(|it| read.is_ok_and(|read| it.text.contains(read)));
        assert_eq!(is_read.map_err(|it| *it), read.map(|_| true), "{cell}: {contents:?}");
    }
    let cell = "<office:spreadsheet><table:table><table:table-row><table:table-cell \
        office:value=\"13812345678\"><text:p>1.38E+10</text:p></table:table-cell><table:table-cell \
        table:number-columns-repeated=\"2\" office:value=\"7\"><text:p>7</text:p></table:table-cell>\
        </table:table-row></table:table></office:spreadsheet>";
    let ods = look(AttachmentKind::Ods, "", &archive([("content.xml", cell)])).expect("a workbook");
    assert!(ods.text.contains("| 1.38E+10 13812345678 | 7 | 7 |\n"), "{}", ods.text);
}

#[test]
fn what_fills_several_cells_is_found_in_all_kinds_of_tables() {
    let names = [("姓", "王"), ("名", "秀英"), ("楼栋", "3"), ("单元", "2"), ("室", "501")];
    let row = |begin: &str, end: &str, is_head: bool| {
        let cell = |(label, value): &(&str, &str)| {
            format!("{begin}{}{end}", if is_head { label } else { value })
        };
        names.iter().map(cell).collect::<String>()
    };
    let rows = |row_is: (&str, &str), cell: (&str, &str)| {
        let of = |is_head| format!("{}{}{}", row_is.0, row(cell.0, cell.1, is_head), row_is.1);
        of(true) + &of(false)
    };
    let xlsx = book(&rows(("<row>", "</row>"), ("<c t=\"str\"><v>", "</v></c>")));
    let docx = docx(&format!(
        "<w:tbl>{}</w:tbl>",
        rows(("<w:tr>", "</w:tr>"), ("<w:tc><w:p><w:r><w:t>", "</w:t></w:r></w:p></w:tc>"))
    ));
    let table = rows(
        ("<table:table-row>", "</table:table-row>"),
        ("<table:table-cell><text:p>", "</text:p></table:table-cell>"),
    );
    let ods = archive([("content.xml", format!("<table:table>{table}</table:table>").as_str())]);
    let slide = format!(
        "<a:tbl>{}</a:tbl>",
        rows(("<a:tr>", "</a:tr>"), ("<a:tc><a:p><a:r><a:t>", "</a:t></a:r></a:p></a:tc>"))
    );
    let pptx = archive([("ppt/presentation.xml", "<p/>"), ("ppt/slides/slide1.xml", &slide)]);
    let csv = "姓,名,楼栋,单元,室\n王,秀英,3,2,501\n".into();
    for (kind, bytes) in [
        (AttachmentKind::Xlsx, xlsx),
        (AttachmentKind::Docx, docx),
        (AttachmentKind::Ods, ods),
        (AttachmentKind::Pptx, pptx),
        (AttachmentKind::Csv, csv),
    ] {
        let contents = look(kind, "", &bytes).expect("a table");
        assert!(contents.text.contains("| 王秀英 |"), "{kind:?}: {}", contents.text);
        assert!(contents.text.contains("3栋2单元501室"), "{kind:?}: {}", contents.text);
    }
}

#[test]
fn texts_are_read_in_every_encoding_or_not_at_all() {
    let text = "低保名单：王秀英，电话 13812345678。\r\n以上人员，请于月底前领取。\r\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let traditional = "低保名單：王秀英，電話 13812345678。\r\n以上人員，請於月底前領取。\r\n";
    let big5 = encoding_rs::BIG5.encode(traditional).0.into_owned();
    for (bytes, name) in [
        (text.as_bytes().to_vec(), "低保名单：王秀英"),
        (encoding_rs::GBK.encode(text).0.into_owned(), "低保名单：王秀英"),
        (big5, "低保名單：王秀英"),
        (utf16(u16::to_le_bytes), "低保名单：王秀英"),
        (utf16(u16::to_be_bytes), "低保名单：王秀英"),
    ] {
        let contents = look(AttachmentKind::Txt, "", &bytes).expect(name);
        assert!(contents.text.starts_with(name), "{}", contents.text);
        assert_eq!(place(&contents, "13812345678"), "第 1 行");
    }
    let western = encoding_rs::WINDOWS_1252.encode("déjà vu, café à 13812345678").0.into_owned();
    for (bytes, why) in [
        (b"{\\rtf1\\ansi 138}".to_vec(), Opaque::Disguised),
        (b"\n<html><body>138".to_vec(), Opaque::Disguised),
        (archive([]), Opaque::Encoding),
        (western, Opaque::Encoding),
        (b"a\0\x01\x02".to_vec(), Opaque::Encoding),
    ] {
        assert_eq!(look(AttachmentKind::Csv, "", &bytes), Err(why), "{bytes:?}");
    }
}

#[test]
fn many_hidden_columns_and_sheets_cost_no_more_for_each_cell() {
    let column = |at| format!("<col min=\"{at}\" max=\"{at}\" hidden=\"1\"/>");
    let hidden = (0..50_000).map(column).collect::<Vec<_>>().concat();
    let cells = "<c r=\"B1\"><v>1</v></c>".repeat(100_000);
    let bytes = book(&format!("<cols>{hidden}</cols><row>{cells}</row>"));
    let begin = std::time::Instant::now();
    let contents = look(AttachmentKind::Xlsx, "", &bytes).expect("a workbook");
    assert_eq!(contents.traces, [Trace::Columns(0)]);
    assert!(begin.elapsed().as_secs() < 240, "{:?}", begin.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn damaged_documents_are_read_or_opaque(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
        for (kind, mut bytes) in
            [(AttachmentKind::Docx, docx("<w:p><w:r><w:t>甲</w:t></w:r></w:p>")), (AttachmentKind::Xlsx, xlsx())]
        {
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(bytes.len() - cut % 8);
            let _ = look(kind, "", &bytes);
        }
    }

    #[test]
    fn any_xml_is_read_or_opaque(body in "(<w:(p|r|t|tr|tc|del)>|</w:(p|r|t|tr|tc|del)>|甲|&amp;|<w:vanish/>){0,40}") {
        let _ = look(AttachmentKind::Docx, "", &docx(&body));
    }
}

#[test]
fn texts_of_a_workbook_that_no_cell_names_are_read() {
    let shared = "<sst><si><t>甲</t></si><si><t>13812345678</t></si><si><t>乙</t></si></sst>";
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
                 <c r=\"B1\" t=\"s\"><v>2</v></c></row></sheetData></worksheet>";
    let bytes = archive([
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"表\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ]);
    let contents = look(AttachmentKind::Xlsx, "", &bytes).unwrap();
    assert_eq!(contents.text.matches("13812345678").count(), 1, "{}", contents.text);
    assert_eq!(contents.text.matches('甲').count(), 1, "{}", contents.text);
}
