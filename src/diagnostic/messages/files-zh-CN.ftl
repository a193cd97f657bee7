### 文件和文件夹，以及它们的写法。怎么写见 zh-CN.ftl 的开头。

## 文件夹和文件

unreadable = { $reason ->
    [no-file] 这不是文件，而是文件夹、管道或者设备
    [denied] 没有权限打开
    [not-found] 找不到
   *[other] 打不开：{ $reason }
}
    .about = 文件或文件夹打不开
    .file = 请把它移到别处，再在这里放一个同名的文件
    .permission = 请看看它是不是正被别的程序占用，或者没有权限打开
illegal-file-name = { $character ->
    [space] 文件名“{ $name }”的开头和末尾不能有空格
    [control] 文件名“{ $name }”里有看不见的符号
    [reserved] “{ $name }”是电脑系统留用的名字，不能当文件名
   *[other] 文件名“{ $name }”里不能有“{ $character }”
}
    .about = 文件名不合规定
    .rename = 请给文件改名，只用汉字、英文字母、数字、减号和点
symlink-outside = 这是一个链接，指向的东西不在网站的文件夹里：{ $target }
    .about = 链接指向的东西不在网站的文件夹里
    .copy = 请把那个文件本身复制到这里来
file-too-large = 文件太大，最大只能到 { $limit }
    .about = 文件太大
    .split = 请按年份拆成几个文件，例如 2025.yaml 和 2026.yaml
empty-file = 文件是空的
    .about = 文件是空的
    .fill = 请写上内容；如果用不着了，就删掉这个文件
bad-encoding = 文件里有乱码，存的时候没有选 UTF-8
    .about = 文件没有存成 UTF-8
    .utf8 = 用记事本打开，点“文件、另存为”，编码选“UTF-8”；用 WPS 或 Excel 的，另存为“CSV UTF-8”
    .utf16 = 这个文件存成了“Unicode”（UTF-16）；用记事本打开，点“文件、另存为”，编码改选“UTF-8”
hidden-character = { $kind ->
    [direction] 这里有一个看不见的符号（{ $character }），会让文字的顺序颠倒
   *[other] 这里有一个看不见的符号（{ $character }）
}
    .about = 文件里有看不见的符号
    .delete = 多半是从微信、Word 或网页上粘贴时带进来的，请把这里前后的几个字删掉，重新打一遍
url-with-password = 网址里写了用户名或密码
    .about = 网址里有用户名或密码
    .remove = 请删掉“://”和“@”之间的字，包括“@”，例如 https://example.cn/；密码已经写进过文件的，请马上改掉
unknown-collection = 没有叫“{ $name }”的栏目
    .about = 没有这个栏目
    .near = 是不是“{ $near }”？是的话，请把名字改过来
    .known = 现有的栏目：{ $known }
    .wording = 是用语表（错误写法、正确写法）的话，请移到 site.toml 旁边名叫 wording 的文件夹里
    .declare = 要新设这个栏目，请先写好 content/_collections/{ $name }.yaml
copied-file = “{ $name }”像是“{ $original }”的副本，里面的内容会算两遍
    .about = 文件或文件夹的副本
    .remove = 多余的那一份请移出 content 文件夹；这一份才是要用的，请删掉“{ $original }”，再把这一份改成那个名字
    .rename = 请把文件名里表示副本的字去掉；用不着的请移出 content 文件夹
    .original = 原来的在这里
equal-records = 这份“{ $collection }”和“{ $name }”的{ $kind ->
    [near] 几乎一样
   *[equal] 一模一样
}，同一些人会算两遍
    .about = 两个地点的名单完全相同
    .remove = 是复制出来的，请删掉多余的一份，或者换成这个地点自己的内容
    .original = 另一份在这里
level-order = “{ $name }”的层级是{ $level }，不能放在“{ $above }”（{ $outer }）里面
    .about = 地点的层级和上一级地点矛盾
    .move = 请改正 level；如果层级没有写错，请把这个文件夹移到上一级地点的文件夹里
    .above = 上一级地点的层级写在这里
same-name = 同一个地方有两个“{ $name }”
    .about = 两个地点同名
    .remove = 其中一个是复制出来的话，请把那个文件夹移出 content；确实是两个地方，请把名字写得有区别
    .original = 另一个在这里
unknown-file = “{ $name }”不是网站能用的文件
    .about = 不是网站能用的文件
    .kinds = 记录用 .yaml、.csv 或 .xlsx，通知用 .md，图片用 .jpg 或 .png；用不着的文件请移出 content 文件夹
    .heic = 这是苹果手机的照片格式（HEIC），网页显示不了；请用看图软件打开，另存为 JPEG（.jpg）
    .bmp = 这是位图（BMP），网页不用这种格式；请用“画图”打开，另存为 JPEG（.jpg）
    .tiff = 这是扫描件常用的格式（TIFF），网页显示不了；请用看图软件打开，另存为 JPEG（.jpg）
    .jfif = 这其实就是 JPG 照片，请把文件名的末尾改成 .jpg
    .index = 这样起名的文件没有自己的网址：请改成别的名字，例如 about.md；要写的是这个地方的介绍，就写进 place.yaml 的 intro（介绍）
    .readme = README 是给程序员看的说明，不会发布；要发布就请改成别的名字，例如 about.md
    .pages = 这个文件夹已经是一个网页（index.md）；另外的网页请放到它的外面，通知请放在 notices 文件夹里
    .notices = 通知要直接放在 notices 文件夹里，请把这个文件移过去
    .spreadsheet = 里面是记录的话，请用 WPS 或 Excel 另存为工作簿（.xlsx），文件名用名单的名字，例如 patrols.xlsx，再把这个文件移出 content 文件夹
    .ledger = 里面有一张工作表用了名单的名字，别的工作表又不是：要公布里面的记录，文件名请用“台账.xlsx”，自己用的工作表名字前面加“_”；只想作为附件，请把那张工作表改个名字
    .txt = 请去掉文件名最后的“.txt”；看不见的话，先在文件夹的“查看”里勾选“文件扩展名”
root-file = { $reason ->
    [script] 这个文件里有程序（script），居民打开时会运行
    [place] 这里的 _root 文件夹不起作用：只有 content 文件夹里的 _root 才会放到网站的最上一级
   *[opaque] 看不出这个文件里写了什么，不能放到网站上
}
    .about = _root 文件夹里的文件不能发布
    .script = 请删掉程序；确实要用的，请另存为 .js 文件，放在 _root 里，并在 site.toml 里加两行：[security.csp] 和 script-src = ["'self'"]
    .place = 请把里面的文件移到 content/_root
    .opaque = _root 里只放文字（另存为 UTF-8）、图片和 favicon.ico；给人下载的文件，请放在通知旁边，从通知里链接
missing-place = 文件夹“{ $folder }”里缺少 place.yaml
    .about = 文件夹里缺少 place.yaml
    .pages = 这里面只有网页：请把它们移到上一级文件夹里；一个网页要带自己的图片，就给它一个文件夹，里面的文字叫 index.md
    .add = 请在里面新建 place.yaml，写两行：“name: 一心社区”和“level: community”

## 文件的写法

yaml-syntax = 这里的格式不对
    .about = 文件的格式不对
    .colon = 内容里有英文冒号时，内容的前后都要加上英文双引号，例如 title: "注意: 今晚停水"；两项写在了一行的，请分成两行
    .quote = 英文双引号要把整个内容包住，前后各一个，例如 title: "今晚停水"；内容里的引号请用中文的“”
    .indent = 同一条记录的各项，左边要用空格对齐
    .record = 这里像是另一条记录的开头：请在这一行前面加上“- ”（减号加空格），它下面的各行空两格对齐
    .first = 第一条记录也要以“- ”开头：请在这一行前面加上“- ”（减号加空格），它下面的各行空两格对齐
    .braces = 花括号里的冒号和逗号要用英文的，后面空一格：请写成 { $group }
    .in-record = 这是某一条记录的内容：每条记录的第一行以“- ”（减号加空格）开头，其余各行空两格对齐
    .align = 每条记录开头的减号“-”要上下对齐，请增减这一行前面的空格
    .under = “- ”开头的清单要写在一个项名下面，例如在上面加一行“records:”；不是清单的话，去掉“- ”
    .dash = 把这个符号改成英文减号“-”，后面空一格，例如“- date: 2026-03-05”
    .block = “|”下面的每一行，前面都要比上面的项名多空两格
    .paragraph = 这一行没有项名：是上一行没写完的内容，就接到上一行的末尾；是新的一项，就写成“项名: 内容”
    .fullwidth-colon = 把中文冒号“：”改成英文冒号“:”，后面空一格，例如 phone: 0431-8255-0001
    .space = 冒号“:”和减号“-”的后面要空一格，例如 date: 2026-03-05
    .at-sign = 内容不能用这个符号开头，请在内容的前后加上英文双引号，例如 "@全体居民"
    .documents = 删掉这一行；一个文件里只能写一份，中间不能用 --- 或 ... 隔开
    .bracket = 方括号、花括号要成对，里面用英文逗号隔开，例如 [3号楼, 4号楼]
    .parser = 请照写得对的几行改；改不好，就把这句话告诉技术人员：{ $reason }
    .wide-space = 这一行开头是全角（中文）空格，不算缩进：请删掉，切换到英文输入法再打空格
    .control = 这里有一个看不见的符号，多半是粘贴时带进来的，请删掉这一行重新打字
tab = 这里按了 Tab 键，应该用空格
    .about = 该用空格的地方用了 Tab 键
    .spaces = 删掉这个 Tab，改按两下空格键
lost-words = “{ $words }”不会显示：空格加井号“#”后面的字会当成备注
    .about = 井号后面的字不会显示
    .quote = 要显示的话，把整个内容前后加英文双引号，例如 "幸福社区 #1"；真是备注的话，在“#”后面空一格
duplicate-key = “{ $key }”写了两次
    .about = 同一项写了两次
    .remove = 留下对的那一个，删掉另一个
    .record = 如果这里是另一条记录的开头，请在这一行前面加上“- ”（减号加空格）；如果只是写重了，留下对的那一个
    .first = 第一次写在这里
too-deep = 一层套一层，超过了 { $limit } 层
    .about = 套的层数太多
    .flatten = 请少套几层：文件夹往上挪，文件里一行只写一个“项名: 内容”
    .template = 一个 `if` 里请少用几个 `elif`，模板之间也请少套几层（`extends`、`include`）
    .brackets = 这一条文字里的括号太多，请少用几个，或者分成几条写
too-many-aliases = 用星号“*”重复引用的内容太多，超过了 { $limit }
    .about = 用星号重复引用的内容太多
    .write-out = 不要用“&”和“*”，请把内容直接写出来
wrong-shape = 这里应该写{ shape-wanted }，现在写的是{ shape-found }
    .about = 内容的排法不对
    .list = 每一条的第一行以“- ”（减号加空格）开头，例如“- date: 2026-03-05”，其余各行空两格对齐
    .record = 一行一项，写成“项名: 内容”，例如 name: 一心社区
    .group = 请把各项分开写：{ $group }
    .dashes = 去掉每行开头的“- ”（减号加空格），一行一项，例如 name: 一心社区
    .value = 在冒号后面只写一个内容，不要分行，也不要用“- ”开头
    .toml-value = 只写一个内容，前后加英文双引号，例如 title = "宽城邻里"
    .toml-table = 名字要单独占一行，两边加方括号，例如 [organiser]；下面一行一项，例如 name = "幸福街道办事处"
    .toml-list = 名字要单独占一行，两边各加两个方括号，例如 [[sections]]；下面一行一项，例如 id = "service"
csv-syntax = 这一格的开头有英文双引号，后面没有另一半
    .about = 表格里的英文双引号不成对
    .quote = 请删掉这个双引号，或者在这一格的末尾也加一个
csv-header = 表头的这一格是空的，下面却写了内容
    .about = 表头有空格
    .name = 请在表头写上这一列的名字；用不着的话，删掉这一列
csv-row = 第 { $row } 行有 { $cells } 格，表头有 { $columns } 格
    .about = 这一行的格数和表头对不上
    .full-width = 把中文逗号“，”改成英文逗号“,”
    .comma = { $column } 列没有表头：请写上表头，或者清空第 { $row } 行的这一格；用记事本填的，看看是不是多了一个英文逗号，逗号是内容的话，在这一格前后加英文双引号，例如 "3号楼,4号楼"
csv-left-out = { $what ->
    [columns] 没有读这几列：{ $names }
    [sheets] 没有读这几张工作表：{ $names }
    [examples] 没有读标为示例的行，一共 { $names } 行
    [hidden-rows] 没有读隐藏的行，一共 { $names } 行
    [hidden-columns] 没有读隐藏的列，一共 { $names } 列
    [totals] 没有读合计、小计的行，一共 { $names } 行
   *[remarks] 没有读表格下面的说明，一共 { $names } 行
}
    .about = 表格里有些行或列没有读
    .columns = 这是给自己看的列，网站上没有；不想再看到这条提醒，就删掉这些列
    .totals = 合计由程序算；不想再看到这条提醒，就删掉这些行
    .remarks = 只读一行一条的记录；不想再看到这条提醒，就删掉这些行
    .sheets = 另有一张工作表用的是这份名单的名字；要公布的内容请都写在那一张里
    .examples = 如果是真的记录，请清空这些行最后的“示例”那一格
    .hidden = 隐藏的内容不公布；要公布就取消隐藏（还在筛选的，请取消筛选），不公布就删掉
csv-merged = “{ $column }”这一列有 { $count } 个空格，都按上面那一格填了
    .about = 合并过的单元格
    .write = 看起来是合并过的单元格；请核对，最好取消合并，每一行都写上
csv-two-headers = { $kind ->
    [again] 第 { $row } 行又开始了一张表（{ $words }）
    [units] 表头有两行：第 { $row } 行写的是单位（{ $words }）
   *[names] 表头有两行：第 { $row } 行写的是列名（{ $words }）
}
    .about = 表头有两行
    .units = 请删掉这一行；单位可以写在列名后面的括号里，例如“人数（人）”
    .again = 请删掉这一行和它上面的标题，让所有的行都在一个表头下面；或者一张表用一个文件
    .names = 请把两行表头合成一行：取消合并的单元格，每一列只写一个列名
csv-unit = 表头写的单位是“{ $unit }”，“{ $field }”{ $declared ->
    [none] 不用这个单位
   *[other] 的单位是“{ $declared }”
}
    .about = 表头的单位不对
    .unit = 请把这一列的数换算过来，再改表头的单位
spreadsheet-file = 这是一个表格文件（{ $kind }），只是名字改了
    .about = 表格文件改了名字
    .save = 改名字不能变成 CSV；请把文件名的末尾改回 .xlsx；原来是 .xls 的，请用 WPS 或 Excel 打开，另存为工作簿（.xlsx）
workbook-unreadable = 这个表格文件读不了{ $reason ->
    [password] ：有打开密码
    [too-much] ：里面的东西太多，名单不会有这么多
    [old] ：是 2007 年以前的格式（.xls）
    [page] ：其实是网页，只是用了表格的名字
   *[damaged] { "" }
}
    .about = 读不了的表格文件
    .damaged = 请用 WPS 或 Excel 打开，再保存一次；打不开的话，请换一份能打开的
    .password = 请用 WPS 或 Excel 打开，点“文件、文档加密”去掉密码，再保存
    .too-much = 请删掉名单以外的东西：别的工作表、图片、一直拉到最后一行的格式；选中名单下面的空行，删除后保存；或者建一个文件夹，按年份分成几个文件
    .old = 请用 WPS 或 Excel 打开，点“文件、另存为”，类型选“Excel 工作簿（.xlsx）”，再删掉这个文件
    .page = 请用 WPS 或 Excel 打开，点“文件、另存为”，类型选“Excel 工作簿（.xlsx）”，再删掉这个文件
workbook-sheets = { $kind ->
    [several] 看不出记录在哪一张工作表里：{ $names }
   *[unknown] 工作表“{ $names }”不是哪一份名单的名字
}
    .about = 看不出工作表里是什么
    .several = 请把有记录的那一张改名为“{ $name }”，或者删掉别的工作表
    .near = 是不是“{ $near }”？自己用的工作表，名字前面加一个下划线“_”
    .known = 请用名单的名字：{ $known }；自己用的工作表，名字前面加一个下划线“_”；空白的工作表可以删掉
template-outdated = 做好这个表格以后，名单的项目又改过
    .about = 表格是按改动以前的项目做的
    .again = 请重新做一个（linli template { $name }），把写好的行复制过去
sample-data = 这个文件写明是示例数据，却会当作真的公布出去{ $files ->
        [1] {""}
       *[other] （这样的文件一共 { $files } 个）
    }
    .about = 示例数据会当作真的公布出去
    .mark = 请换成真的内容，再删掉“示例数据”这一行；网站只用来演示的，请在 site.toml 里写 banner = "示例网站，内容均为虚构"
mapping-columns = { $kind ->
    [none] 这张表里没有一行是 { $mapping } 说的表头：{ $names }
    [values] “{ $names }”这一列有 { $count } 格写的，{ $mapping } 的 [values.{ $field }] 里没有，照原样用了
   *[some] { $mapping } 里写的这几列，表里没有：{ $names }
}
    .about = 别的系统导出的表和对照文件对不上
    .mapping = 哪一列是什么，写在这里
    .none = 请把表里的列名写进 { $mapping }；有几张工作表的，写明是哪一张：sheet = "…"
    .values = 是新的代码，就在 [values.{ $field }] 下面添一行，例如 "09" = "叫法"；写错了的，请在那个系统里改
    .some = 对方系统改了列名的，请改成新的列名；已经没有这一列的，删掉这一行
two-sources = 这里的“{ $collection }”写在两个文件里
    .about = 一份名单写在两个文件里
    .other = 另一个是这个
    .import = 请只留一个。要把 { $table } 里的并进 { $yaml }，先把它移出 content 文件夹，再运行 linli import { $table } --place { $place }
    .one = 请只留一个，把只有另一个里才有的内容补进来，再把另一个移出 content 文件夹
front-matter-unclosed = 文件开头的标题、日期等写完以后，没有用 --- 收尾
    .about = 文件开头的标题、日期等没有收尾
    .close = 在标题、日期等的下面加一行，只写三个减号：---
front-matter-missing = 文件的开头没有写标题
    .about = 文件的开头没有写标题
    .page = 在文件最前面加三行：“---”、“title: 办事指南”、“---”
    .fence = 第一行必须正好是三个英文减号“---”，前面不能有空行：请改这一行，或者在它前面加一行、删掉空行
    .add = 在文件最前面加四行：“---”、“title: 停水通知”、“date: 2026-03-05”、“---”
