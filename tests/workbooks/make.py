"""Makes the workbooks of this folder, as offices keep them: `python3 make.py` (needs openpyxl).

Each function is a case: a folder of files that lie over tests/diagnostics/_base. The test compares what
is said of them, and which records they came to, with expected.txt beside them.
"""

import datetime
import pathlib
import zipfile

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty

HERE = pathlib.Path(__file__).parent
DAY = datetime.date
YEAR_MONTH_DAY = 'yyyy"年"m"月"d"日"'


def save(book, case, name):
    folder = HERE / case / "content" / "xingfu"
    folder.mkdir(parents=True, exist_ok=True)
    fixed = datetime.datetime(2026, 3, 1)
    book.properties.created = book.properties.modified = fixed
    book.save(folder / name)
    # The archive as well has no time of its own.
    path = folder / name
    with zipfile.ZipFile(path) as archive:
        files = [(it, archive.read(it)) for it in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, content in files:
            info = zipfile.ZipInfo(file, (2026, 3, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def sheet(title, rows, book=None):
    if book is None:
        book = Workbook()
        page = book.active
        page.title = title
    else:
        page = book.create_sheet(title)
    for row in rows:
        page.append(row)
    return book, page


PATROLS = ["日期", "队伍", "人数", "时长", "发现问题", "已处置"]


def titled():
    """A title, who filled it in, units, days of three kinds, a total with a formula, a remark."""
    book, page = sheet("巡防", [
        ["幸福社区平安巡防登记表，请各队如实填写"],
        ["填报单位：幸福社区", None, None, "填报日期：2026年3月"],
        ["序号", "日期", "队伍", "人数（人）", "时长（小时）", "发现问题", "已处置"],
        [1, DAY(2026, 3, 5), "红袖标", 12, 2.5, 3, 3],
        [2, "2026/3/6", "红袖标", "１１", "2", 0, 0],
        [3, "2026年3月7日", "银龄", 8, 1.1 + 2.2, 1, None],
        ["合计", None, None, "=SUM(D4:D6)", "=SUM(E4:E6)", "=SUM(F4:F6)", "=SUM(G4:G6)"],
        ["注：每队每天一行"],
    ])
    page.merge_cells("A1:G1")
    page["A1"].font = Font(size=18, bold=True)
    page["B4"].number_format = YEAR_MONTH_DAY
    page["C6"].comment = Comment("补登", "甲")
    save(book, "titled", "patrols.xlsx")


def merged():
    """One day for several teams, in merged cells; a number that was merged belongs to one row."""
    book, page = sheet("Sheet1", [
        PATROLS,
        [DAY(2026, 3, 5), "红袖标", 12, 2, 0, 0],
        [None, "银龄", 8, 2, 0, 0],
        [None, "夜鹰", None, 2, 1, 1],
        [DAY(2026, 3, 6), "红袖标", 12, 2, 0, 0],
    ])
    page.merge_cells("A2:A4")
    page.merge_cells("C3:C4")
    for row in range(2, 6):
        page.cell(row, 1).number_format = "m/d/yy"
    book.create_sheet("Sheet2")
    save(book, "merged", "patrols.xlsx")


def filtered():
    """A filter that was left on, and a hidden column."""
    book, page = sheet("巡防", [
        PATROLS[:2] + ["身份证号"] + PATROLS[2:],
        [DAY(2026, 3, 5), "红袖标", "略", 12, 2, 0, 0],
        [DAY(2026, 3, 6), "银龄", "略", 8, 2, 0, 0],
        [DAY(2026, 3, 7), "红袖标", "略", 12, 2, 0, 0],
    ])
    page.auto_filter.ref = "A1:G4"
    page.row_dimensions[3].hidden = True
    page.column_dimensions["C"].hidden = True
    save(book, "filtered", "patrols.xlsx")


def two_tables():
    """A second table below the first, with a header of its own."""
    book, _ = sheet("巡防", [
        PATROLS,
        [DAY(2026, 3, 5), "红袖标", 12, 2, 0, 0],
        [],
        ["四月份"],
        PATROLS,
        [DAY(2026, 4, 5), "红袖标", 12, 2, 0, 0],
    ])
    save(book, "two-tables", "patrols.xlsx")


def two_headers():
    """A header of two lines, with merged cells above."""
    book, page = sheet("巡防", [
        ["日期", "队伍", "巡防情况", None, None, None],
        [None, None, "人数", "时长", "发现问题", "已处置"],
        [DAY(2026, 3, 5), "红袖标", 12, 2, 0, 0],
    ])
    page.merge_cells("A1:A2")
    page.merge_cells("B1:B2")
    page.merge_cells("C1:F1")
    save(book, "two-headers", "patrols.xlsx")


def damaged():
    """What spreadsheets made of numbers, buildings and formulas."""
    book, page = sheet("网格", [
        ["网格", "楼栋", "网格长", "网格员", "工作电话"],
        ["第一网格", DAY(2026, 1, 4), "甲某", "乙某", 82550001],
        ["第二网格", "5号楼、6号楼", "丙某", "丁某", 220104199001011230],
        ["第三网格", 7, "#N/A", "戊某", 4318255],
        ["第四网格", "=A2&\"号楼\"", "己某", "庚某", 82550004],
    ])
    page["B2"].number_format = 'm"月"d"日"'
    page["C4"].data_type = "e"
    page["E4"].number_format = "0000-0000"
    save(book, "damaged", "grids.xlsx")


def coloured():
    """Colour as meaning, citations of several lines with commas and quotes, blank lines between."""
    book, page = sheet("好人榜", [
        ["荣誉", "姓名", "日期", "事迹", "备注"],
        ["好邻居", "王甲兰", DAY(2026, 2, 1), "常年照顾楼上的老人，\n说“应该的”。\n\n大家都说,她\"心热\"。", "已公示"],
        [],
        ["见义勇为", "李乙强", DAY(2026, 2, 3), "下水救人。", "红色：本人要求撤下"],
    ])
    for cell in page[4]:
        cell.fill = PatternFill("solid", fgColor="FF0000")
    save(book, "coloured", "honors.xlsx")


def months():
    """Months as days that show no day, shares, and numbers as text."""
    book, page = sheet("矛盾调解", [
        ["月份", "类别", "受理", "调解成功"],
        [DAY(2026, 1, 1), "人民调解", "12", 11],
        ["2026年2月", "人民调解", 9, "9 "],
        [DAY(2026, 3, 31), "行政调解", 2, 2],
    ])
    page["A2"].number_format = 'yyyy"年"m"月"'
    page["A4"].number_format = "yyyy-mm"
    save(book, "months", "mediation.xlsx")


def times():
    """Times of three kinds."""
    book, page = sheet("法律援助", [
        ["日期", "开始时间", "结束时间", "服务", "到场人员", "服务单位", "地点", "预约电话"],
        [DAY(2026, 12, 5), datetime.time(9, 0), datetime.time(11, 30), "法律咨询", "律师", "区司法局", "活动室", "0431-82550001"],
        [datetime.datetime(2026, 12, 6), "14：00", "4:30 PM", "法治讲座", "法官、检察官", "区法院", "活动室", 82550001],
    ])
    page["B2"].number_format = "h:mm"
    page["C2"].number_format = '上午/下午h"时"mm"分"'
    page["A3"].number_format = "yyyy/m/d h:mm"
    save(book, "times", "legal-aid.xlsx")


def ledger():
    """A sheet for each list, one that explains, one that is hidden, one that nobody knows."""
    book, page = sheet("填写说明", [["每月五日前填好"]])
    sheet("平安巡防", [PATROLS, [DAY(2026, 3, 5), "红袖标", 12, 2, 0, 0]], book)
    sheet("mediation", [["月份", "类别", "受理", "调解成功"], ["2026-01", "人民调解", 3, 3]], book)
    sheet("好人榜", [["荣誉", "姓名", "日期"], ["好邻居", "王甲兰", DAY(2026, 2, 1)]], book)
    sheet("志愿者队伍", [["队名"], ["红袖标"]], book)
    _, hidden = sheet("旧表", [["甲"]], book)
    hidden.sheet_state = "hidden"
    book.create_sheet("_草稿").append(["自己用"])
    book.create_sheet("Sheet8")
    save(book, "ledger", "幸福社区台账.xlsx")


def outdated():
    """A template that was made before the list was changed, with rows that are examples."""
    book, _ = sheet("平安巡防", [
        ["*日期", "*队伍", "*人数", "*时长", "*发现问题", "示例"],
        [DAY(2026, 3, 5), "文字", 12, 1.5, 12, "示例行，不读取"],
        [DAY(2026, 3, 6), "红袖标", 12, 2, 0, None],
        [DAY(2026, 3, 7), "银龄", 8, 2, 0, "示例行，不读取"],
    ])
    book.custom_doc_props.append(StringProperty(name="linli.patrols", value="0"))
    save(book, "outdated", "patrols.xlsx")


def sheets():
    """Several sheets of one list, none of which has its name."""
    book, _ = sheet("一季度", [PATROLS, [DAY(2026, 3, 5), "红袖标", 12, 2, 0, 0]])
    sheet("二季度", [PATROLS, [DAY(2026, 4, 5), "红袖标", 12, 2, 0, 0]], book)
    save(book, "sheets", "patrols.xlsx")


def sources():
    """A workbook beside the CSV that somebody saved from it."""
    book, _ = sheet("巡防", [PATROLS, [DAY(2026, 3, 5), "红袖标", 12, 2, 0, 0]])
    save(book, "sources", "patrols.xlsx")
    text = ",".join(PATROLS) + "\n2026-03-05,红袖标,12,2,0,0\n"
    (HERE / "sources/content/xingfu/patrols.csv").write_text(text)


def broken():
    """A file that breaks off, and a web page with the name of a workbook."""
    book, _ = sheet("好人榜", [["荣誉", "姓名", "日期", "事迹"]])
    save(book, "broken", "honors.xlsx")
    path = HERE / "broken/content/xingfu/honors.xlsx"
    path.write_bytes(path.read_bytes()[:2000])
    page = HERE / "broken/content/xingfu/grids.xls"
    page.write_text("<html><body><table><tr><td>网格</td></tr></table></body></html>")


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="巡防"><table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="1020"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>日期</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>队伍</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>人数</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>姓名</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>时长</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>发现问题</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="date" office:date-value="2026-03-05" table:number-rows-spanned="2"><text:p>3月5日</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>红袖标</text:p><office:annotation><text:p>批注</text:p></office:annotation></table:table-cell><table:table-cell office:value-type="float" office:value="12"><text:p>12</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>甲某</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2.5"><text:p>2.50</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="0"><text:p>0</text:p></table:table-cell></table:table-row>
<table:table-row><table:covered-table-cell/><table:table-cell office:value-type="string"><text:p>银龄</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="8"><text:p>8</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>
"""


def open_document():
    """A workbook of LibreOffice."""
    folder = HERE / "open-document" / "content" / "xingfu"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "patrols.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in [
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", ODS),
        ]:
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 0, 0, 0)), content)


for case in [titled, merged, filtered, two_tables, two_headers, damaged, coloured, months, times,
             ledger, outdated, sheets, sources, broken, open_document]:
    case()
