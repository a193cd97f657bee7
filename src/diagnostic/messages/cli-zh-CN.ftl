### 程序自己说的话：检查和生成的结果、进度、命令的说明。

## 错误和警告的样子

error = 错误
warning = 警告
note = 说明
help = 建议
labelled = { $label }：{ $text }
through-line = 到第 { $line } 行为止
again = 这个文件里还有 { $count } 处一样的，在第 { $lines } 行
again-more = 这个文件里还有 { $count } 处一样的，在第 { $lines } 行等处
comma = 、
base-folder = 运行命令的文件夹，或者代码库的文件夹

## 数量

n-errors = { $errors } 个错误
n-warnings = { $warnings } 个警告
n-pages = { $pages } 个页面
n-files = { $files } 个文件

## 结果

compared = 核对了 { n-files }：{ n-errors }
checked = 检查了 { n-pages }：{ n-errors }，{ n-warnings }
fix-hint = 其中 { $count } 处可以自动改好：运行 linli check --fix 先看怎么改
fix-counts = 可以改好 { $files } 个文件里的 { $lines } 行
fix-nothing = 没有可以放心自动改的地方
fix-ask = 就这样改吗？[y/N]
fix-preview = 还没有写入；确认以后加上 --yes 写入
fix-written = 已经改好 { $file }
fix-refused = { $place }：没有改，改了会动到别的内容，或者会出现别的错误，请自己看一下
fix-changed = { $file } 不是 UTF-8 编码，或者刚刚被别人改过：这个文件没有改
due-nothing = 这几天没有要办的
due-wrong = 内容里有错误，可能有漏掉的：请运行 linli check
due-calendar = 要办的事
due-kind = { $kind ->
    [late] 已经迟了
    [missing] 该填了
    [absent] 别处都有，这里还没有
    [begins] 开始
    [ends] 结束
    [appears] 开始发布
    [disappears] 停止发布
    [objection] 公示期满
   *[draft] 草稿
}
schemas-written = 已经写好 { $count } 个文件，在 { $folder }
schemas-settings = { $file } 已经有了，没有改动
double-click = 这个文件夹是一个网站，正在浏览器里打开预览。改内容时不要关这个窗口，改完保存，网页会自己更新；改好了关掉窗口就行。要发布，请在命令行里运行 linli build
double-click-end = 预览已经结束。按回车键关闭这个窗口。
by-code = { $codes }；想看怎么改，运行 linli explain { $first }
code-count = { $code }（{ $count } 处）

hidden-now = 有 { $count } 条记录和通知没有发布，用 linli check --hidden 看是哪些
hidden-until = 有 { $count } 条记录和通知没有发布，最近的 { $then } 条在 { $moment } 发布，用 linli check --hidden 看是哪些
change-notices = 通知
change-files = 有文件会变化
change-appear = { $collection }：{ $place } 有 { $count } 条开始发布
change-disappear = { $collection }：{ $place } 有 { $count } 条不再发布
change-today = { $collection }：{ $place } 有 { $count } 条就在当天
change-past = { $collection }：{ $place } 有 { $count } 条成为过去
change-late = { $collection }：{ $place } 有 { $count } 条超期
change-objection-opens = { $collection }：{ $place } 有 { $count } 条开始公示
change-objection-ends = { $collection }：{ $place } 有 { $count } 条公示期满
change-behind = { $collection }：{ $place } 的列表会写明“之后还没有更新”
change-names = { $collection }：{ $place } 有 { $count } 条的姓名显示方式改变
change-figures = { $collection }：{ $place } 的 { $count } 条记录的统计数字改变
report-title = 已公开的个人信息清单
report-about = 截至 { $moment }。网站规定姓名公开方式：{ $names }。部分隐去不等于匿名，仍属个人信息。
report-collection = 栏目
report-field = 项
report-rule = 公开方式
report-count = 数量
report-basis = 公开依据
report-until = 公开到
report-open = 没有写截止
report-empty = 没有公开任何个人信息。
report-checked = 由人检查过的附件
report-checked-about = 这些附件程序看不懂，是由人看过才发布的；文件改了，就要重新检查。
report-checked-files = 附件
report-checked-by = 检查人
report-checked-on = 检查日期
report-names = 已撤回公开的姓名
report-names-about = 记录和通知里还写着这些姓名的地方。在撤回的那个地方和它的上级、下级，姓名已经隐去；在别处，要由工作人员看是不是同一个人。
report-place = 写在哪里
report-treatment = 怎样处理
report-withdrawn = 撤回写在哪里
treatment-masked = 已隐去
treatment-allowed = 照常公开：已写明是同名的另一个人（allow: [name]）
treatment-kept = 照常公开：待核实
names-full = 全部公开
names-masked = 部分隐去
names-surname = 只留姓氏
basis-consent = 本人同意
basis-statutory = 法定公开
basis-office = 履行职务
basis-work = 单位联系方式
port-taken = 端口 { $wanted } 已经被别的程序占用，改用 { $port }
serving = 预览网址：{ $url }（按 Ctrl-C 结束）
not-opened = 打不开浏览器，请自己打开 { $url }
rebuilt = { $what }：重新生成 { n-pages }，{ n-files }有变化，{ $milliseconds } 毫秒
not-rebuilt = { $what }：有 { n-errors }，预览还是原来的样子
rebuilt-time = 时间到了
rebuilt-all = 整个网站
rebuilt-more = { $names } 等，还有 { $more } 个
polling = 系统不报告文件变化（{ $reason }），改为每 { $seconds } 秒查看一次
built = 已生成 { n-pages }（重新生成 { $rendered } 个）、{ n-files }，放在 { $folder }，用时 { $seconds } 秒
cache-damaged = linli: 缓存文件 { $path } 已损坏，不予采用，网站将全部重新生成
cache-foreign = linli: 缓存文件 { $path } 是另一个版本的程序写的，不予采用，网站将全部重新生成
cache-unreadable = linli: 缓存文件 { $path } 读不出来（{ $reason }），不予采用，网站将全部重新生成
cache-not-written = linli: 缓存文件 { $path } 无法写入（{ $reason }），下次生成会慢一些
always-edited = 文件一直在变动，没有读到完整的内容；请稍后再试
not-built = 内容里有 { n-errors }，网站没有更新，仍是原来的样子
not-denied = 内容里有 { n-warnings }，加了 --deny-warnings 就不能有警告，网站没有更新，仍是原来的样子
made = 已建好 { $folder }。先进入这个文件夹，再运行 linli build
not-empty = { $folder } 里已经有文件，没有改动。请换一个新的文件夹
no-site = { $folder } 里没有 site.toml，也没有 content 文件夹。请进入网站的文件夹，或用 --site 指出来
bad-base-url = “{ $url }”不是网址。请写成 https://example.org 这样
bad-as-of = “{ $text }”不是日期。请写成 2026-03-05 或 2026-03-05T08:00
shard-line = { $part }  地方 { $places } 个，工作量 { $bytes }
shard-summarised = 第 { $part } 部分的摘要已写入 { $file }：地方 { $places } 个，用时 { $seconds } 秒
shard-made = 第 { $part } 部分已生成，写入 { $file }：地方 { $places } 个，网页 { $pages } 个，用时 { $seconds } 秒
bad-shard = “{ $text }”不是一个部分。八份中的第三份请写成 3/8
shard-what = 用了 --shard，还要写 --summary 文件，或者 --summaries 文件夹 和 --out 文件
shard-damaged = { $path } 不是某一部分的文件，或者不完整。请重新生成
shard-program = { $path } 是另一个版本的程序写的。各台机器请用同一个版本
shard-moment = { $path } 是按另一个时刻生成的。各台机器的 --as-of 要一样
shard-settings = { $path } 用的是另一份 site.toml，或者别的选项
shard-content = { $path } 用的文件（内容、栏目定义或主题）和这里的不一样。各台机器的文件要一样
shard-cut = { $path } 是按另一种分法分的。各台机器分的份数要一样
shard-twice = { $path } 和 { $other } 是同一部分。请拿掉一个
shard-missing = 缺第 { $parts } 部分。请先生成，再重新开始
shard-none = 这个文件夹里没有任何部分
shard-edited = 读的时候文件变了，或者和另一台机器读到的不一样。请让各台机器的文件一样，再重新开始
out-in-site = 输出文件夹 { $folder } 会盖住网站的内容。请换一个文件夹

## 命令写错了

usage-no-option = 没有“{ $name }”这个选项
usage-no-option-near = 没有“{ $name }”这个选项。是不是 { $other }？
usage-no-command = 没有“{ $name }”这个命令
usage-no-command-near = 没有“{ $name }”这个命令。是不是 { $other }？
usage-bad-value = { $name } 不能写成“{ $other }”
usage-known = 。可以写：{ $known }
usage-conflict = { $name } 和 { $other } 不能一起用
usage-missing = 还缺少 { $name }
usage-values = { $name } 后面要写一个内容
usage-help = 用法：{ $usage }；加上 --help 可以看说明

## 系统报告的错误

system = { $kind ->
    [not-found] 找不到
    [denied] 没有权限
    [exists] 已经有了
    [full] 磁盘满了
    [quota] 超出了可用的空间
    [read-only] 磁盘是只读的
    [no-folder] 不是文件夹
    [folder] 是文件夹，不是文件
    [busy] 正被别的程序占用
    [in-use] 端口已经被别的程序占用
    [no-address] 这台电脑没有这个地址
    [too-large] 超过了允许的文件大小
    [timed-out] 等得太久，没有回应
    [bad-text] 不是 UTF-8 的文字
   *[other] { $words }
}
system-at = { $path }：{ $reason }
cannot = { $verb ->
    [read] 读不出
    [write] 写不了
    [replace] 换不了
   *[other] 处理不了
} { $path }：{ $reason }{ $hint ->
    [space] 。已经发布的网站没有变；请腾出空间，再生成一次
    [mounted] 。这是挂载的文件夹，不能替换；请用 --out 指定它里面的一个文件夹
   *[none] {""}
}
out-not-folder = { $path } 不能当输出文件夹：它是文件，或者是失效的链接
out-missing = 没有文件夹 { $path }：运行 linli build 会建好它；在别处的，用 --out 指出来
out-not-ours = { $path } 里有文件，不是 Linli 生成的。请用 --out 指定一个新的或空的文件夹
out-foreign = { $path } 里有 Linli 没有写过、生成时会被删掉的文件：{ $found }。请移到别处，或者用 --out 指定别的文件夹
out-foreign-more = { $path } 里有 Linli 没有写过、生成时会被删掉的文件：{ $found } 等，还有 { $more } 个。请移到别处，或者用 --out 指定别的文件夹
out-busy = 另一次生成正在写 { $path }，请等它结束
out-previewed = 这个网站的预览已经开着了：请用它的网址，或者先关掉它再开
out-twice = 网站里有两个文件的路径都是 { $path }

## publish

published = { $target }：{ $how ->
    [whole] 新网站一步换上
   *[files] 逐个文件更新，先撤下该撤的
}；发送 { $files } 个文件（{ $size }），删除 { $deleted } 个，用时 { $seconds } 秒
publish-same = { $target }：没有变化，网站已经是最新的
publish-would = { $target }：{ $how ->
    [whole] 新网站会一步换上
   *[files] 会按这个顺序逐个文件更新
}；要发送 { $files } 个文件（{ $size }），删除 { $deleted } 个
publish-reason = { $reason ->
    [gone] 网站里已经没有
    [less] 有内容不再公开
    [theme] 外观文件
    [new] 新增
    [changed] 有改动
    [entrance] 入口
   *[rest] 没有网页再用到
}
publish-back = { $target }：退回 { $at } 的那一版：{ $files ->
    [0] 没有能回来的，不同的地方可能有已经不公开的内容（请改回内容，再发布）
   *[other] { $files } 个文件用那时的
}，其余用今天的，搜索也是今天的
verified-file = { $kind ->
    [missing] 缺少：{ $path }
    [changed] 改动：{ $path }
   *[extra] 多出：{ $path }
}
verified = 比较了 { $files } 个文件：{ $differing ->
    [0] 都和发布时一样
   *[other] 有 { $differing } 处不同
}
publish-failed = 发布到 { $target } 停下了，下次运行 linli publish 会接着做：{ $reason }
publish-stopped = { $path }：{ $reason }
publish-held = { $by } 正在往那里发布，已经 { $minutes } 分钟了；请等它做完
publish-broke-lock = linli：{ $by } 在 { $minutes } 分钟前开始往 { $target } 发布，没有做完；没做完的现在接着做
publish-foreign = { $path } 里有不是 Linli 发布的东西（{ $found }）：请换一个新的或空的文件夹；以前发布过的文件夹，可以写 switch = "files"。如果那里都是本网站以前的文件，可以先运行 linli publish --adopt
publish-damaged = 发布目标的记录 { $path } 读不出来：运行 linli publish --adopt，把那里现有的本网站文件当作以前由 Linli 发布的；再用 --dry-run 看看会删掉哪些
publish-adopted = { $target }：那里现有的本网站文件（{ $files } 个）现在都当作由 Linli 发布的，还没有发送什么。运行 linli publish --dry-run 可以看会发送、删除哪些
publish-left = 不是本网站的文件，留着不动：{ $path }
publish-link = { $path } 是指向别处文件夹的链接，里面可能是别人的东西：请换成普通文件夹
publish-past = { $target } 上已经是 { $at } 的网站，这次要发布的是 { $now } 的：后来撤下的内容会重新出现，所以没有发布。想看会改动什么，加 --dry-run；不写 --as-of 就发布现在的
publish-torn = 输出文件夹里的 { $path } 和生成时的不一样，是不是中间又生成了一次？请再运行一次 linli publish
publish-program = { $name } 没有做成：{ $said }
publish-silent = { $name } 等了 { $seconds } 秒没有回音：那边的服务器开着吗，这台电脑连得到它吗？
publish-no-program = 往那里发布要用 { $name } 这个程序，电脑上没有：请先安装
publish-store = { $fault ->
    [refused] 云存储不认这组密钥，或者不许它这样做（{ $said }）：请给它列举、读取、写入、删除这个存储桶里文件的权限
    [clock] 云存储说这台电脑的时间不对（{ $said }）：请把时间调准，例如运行 timedatectl set-ntp true
    [bucket] 云存储里没有这个存储桶（{ $said }）：请先去建好，或者照那里的名字写
    [unreached] 连不上云存储（{ $said }）
    [full] 云存储满了（{ $said }）：请删掉那里不用的文件，或者扩容
   *[other] 云存储出了错（{ $said }）
}
publish-keys = { $fault ->
    [none] 没有这个发布地点的密钥：请设置环境变量 LINLI_S3_ID 和 LINLI_S3_SECRET，或者在 site.toml 里写 keys = "/etc/linli/oss.keys"，指明网站文件夹以外的一个文件，里面写 id = … 和 secret = … 两行
    [open] 别人也能读到 { $path } 里的密钥：请运行 chmod 600 { $path }
   *[incomplete] { $path } 里要写 id = … 和 secret = … 两行
}
publish-keys-in-site = { $target } 的密钥放在网站的文件夹里，很多人能看到：请移到外面去
publish-no-s3 = { $target } 是云存储（site.toml 里写了 s3），而这个程序编译时没有带上连云存储的功能：请加上 --features publish-s3 编译，或者用发布的程序
public-seen = 看了 { $url }：{ $files } 个文件和发送的一样
public-other = 看了 { $url }：{ $path } 和发送的不一样，或者不在。CDN 可能会把旧的留几分钟；运行 linli verify { $url } 可以全部看一遍
public-still = 看了 { $url }：{ $path } 还在，可网站里已经没有它了。如果是 CDN 留着旧的，请让它清掉（--purge-file）
public-trap = { $trap ->
    [front] { $url }：打开文件夹的网址，出来的是首页。OSS 请在静态页面的设置里打开子目录首页（SupportSubDir）
    [download] { $url }：浏览器打开网页时变成了下载。OSS 自带的域名就是这样：请给存储桶绑定自己的域名，再写到 url 里
    [anything] { $url }：没有文件的网址也回答说有。请让它回答 404，并用 404.html 这一页
    [record] { $url }：发布记录（.linli/）谁都能打开。里面没有人名，但请在存储桶的策略里把 .linli/ 排除掉
   *[unreached] 从这里打不开 { $url }：请自己看一看
}
publish-not-seen = 发布以后看了一下，{ $path } 和发送的不一样，或者不在
publish-still-there = 发布以后看了一下，{ $path } 还在，可网站里已经没有它了
publish-no-build = 没有可以退回去的那一版：现在留着 { $kept } 版
publish-no-targets = site.toml 里没有写发布到哪里：请写 [publish.web]，下面一行写 folder = "/srv/www/portal"
publish-which = 可以发布到几个地方，请写明是哪一个：{ $known }
publish-no-target = 没有叫“{ $target }”的发布地点；现有的是：{ $known }
publish-by-ci = { $target } 只由自动流程发布（site.toml 里写了 by = "ci"）：请到自动流程取内容的地方去改；加 --dry-run 可以看会改动什么
publish-is-out = { $target } 的文件夹就是输出文件夹本身：请换一个

## fields

fields-of-file = { $file ->
    [notices] 写在地点文件夹的 notices/2026-03-02-water.md 里，最前面的两行 --- 中间
    [pages] 写在地点文件夹的 guide.md 里，最前面的两行 --- 中间
    [place] 写在地点文件夹的 place.yaml 里
   *[posting] 每条记录、每个文件、每条通知都可以写，只给程序看，不会出现在网页上
}
fields-more = 想看某个栏目可以写哪些内容，运行 linli fields 栏目，例如 linli fields honors
fields-file = 写在地点文件夹的 { $name }.yaml、{ $name }.csv 或 { $name }.xlsx 里
fields-data = { $data ->
    [none] 不提供下载（data: false）
   *[tables] 网站上显示的内容可以下载为 CSV 和 JSON（data: false 不提供；data: xlsx 再加一份表格文件）
    [workbooks] 网站上显示的内容可以下载为 CSV、JSON 和表格文件（data: xlsx）
}
fields-inherited = 下级地点的网页上也显示（inherited: true）
field-required = 必填
field-optional = 可以不写
field-to = { $form }，那条记录在 { $to } 里
field-needed = 写了这一组就必填
field-groups = （一条记录最多 { $most } 组，最后一组是 { $last }）
field-several = （可以写几个）
field-roles = {"  "}用作：{ $roles }
field-role = { $role ->
    [title] 标题
    [summary] 事由
    [kind] 分类
    [person] 人物
    [picture] 图片
    [phone] 联系电话
    [venue] 地点
   *[number] 主要数字
}
no-collection = 没有“{ $name }”这个栏目。运行 linli fields 可以看到有哪些
no-collection-near = 没有“{ $name }”这个栏目。是不是 { $near }？
example-head = { $title }的样例。照着写进地点文件夹的 { $name }.yaml；前面有 # 的各行可以不写，要写就去掉“# ”两个字（井号和它后面的空格）

## explain

template-instructions = 填写说明
template-choices = _选项
template-title = 社区台账
template-title-of = { $place }台账
template-explained =
    一行一条|每份名单一张工作表，第一行是列名。请不要改第一行，也不要改工作表的名字。
    必填|列名是粗体、前面有 * 的，每一行都要填；可以不填的就空着。
    怎么填|点一下格子，会提示写什么；有下拉箭头的，从里面选。
    数字|电话之类的格子是文本，不会丢掉前面的 0；日期就填日期。
    用不着的|没有的名单，把那张工作表删掉；自己用的内容，放在名字以“_”开头的工作表里。
template-explained-example = 灰色的一行|这是示例，不会公布。请不要复制这一行：它的最后一格写着“示例”。
template-where = 放在哪里|填好以后放进这个地方的文件夹。运行 linli check，会一格一格指出哪里不对。
template-back = 怎么放回去|不要放进网站的文件夹：那里已经有这些记录了。改好以后运行 linli import 这个文件 --place { $place }，核对以后加上 --write 写入。
template-example = 示例行，不读取
template-yes-no = 是,否
template-ledger = 台账.xlsx
template-made = 已经做好 { $file }：填好以后，放进{ $folder ->
    [none] 地点的文件夹
   *[other]  { $folder }/
}
template-there = 已经有 { $file } 了：请用 --file 另起一个名字
no-such-place = 没有“{ $place }”这个地方：请写它的文件夹，例如 kaixuan/yixin
export-name = { $place }.xlsx
export-made = 已经把 { $count } 条记录写进 { $file }（{ $lists } 张工作表）
import-head = { $title }（{ $name }）
import-new = {"  "}新增：{ $key }（{ $place }）
import-value = { $field }：{ $old } → { $new }
import-empty = （空）
import-changed = {"  "}修改：{ $key }：{ $fields }（{ $place }）
import-absent = {"  "}表格里没有：{ $key }（{ $place }）
import-removed = {"  "}删除：{ $key }（{ $place }）
import-counts = 新增 { $new } 条，修改 { $changed } 条，不变 { $same } 条，表格里没有的 { $gone } 条
import-preview = 还没有写入：核对以后加上 --write 写入；表格里没有的记录也要删掉，再加上 --replace
import-written = 已经写入 { $file }
import-other-place = { $file } 是给 { $made } 做的，不是给 { $place } 做的：请写 --place { $made }，或者换那个地点的表格
import-hidden = { $file } 里有隐藏的行或列，隐藏的不导入：用 --replace 会把它们的记录删掉，请先取消隐藏或筛选
import-elsewhere = “{ $list }”写在 { $file } 里，程序不改它：请在那个表里照上面改这些格、添上新增的行，或者用新的表格代替它
import-hint = {"  "}请看一下：{ $key }：{ $fields }（{ $place }）
import-moved = 除了{ $fields }，都和 { $old } 的一样：如果只是改正，请删掉旧的那条，或者直接在文件里改
import-no-columns = { $file } 里没有一行有 { $mapping } 里写的栏
import-left-out = { $mapping } 里没有写、不导入的栏：{ $columns }
import-absent-columns = { $mapping } 里写了、表里没有的栏：{ $columns }
import-unknown-values = 这些格写的，{ $mapping } 的 [values] 里没有，照原样用：{ $columns }
import-inherits = 新增的会用 { $file } 开头写的{ $fields }：这几条不是这样的，请在表格里加上这几栏，写它们自己的
import-no-list = { $file } 里没有用名单的名字命名的工作表：请用 --list 说明是哪份名单
import-refused = { $file } 的写法没法自动改而不动别的内容：请用编辑器改
no-page = 没有 { $page } 这一页
no-code-near = 没有“{ $code }”这种错误，也没有这一页。是不是 { $near }？
explained-title = 错误和警告的说明
explained-wrong = 写错的：
explained-right = 改对的：
explained-said = 运行时的提示：
no-page-near = 没有 { $page } 这一页。是不是 { $near }？
page-at = 页面：{ $page }
page-file = 文件：{ $file }
page-source = 来自：{ $file }
page-never = 还没有生成过：没有缓存，或者缓存里没有这个页面
page-rendered = 上一次（第 { $build } 次）生成网站时重新生成了，因为{ $why }
page-kept = 上一次（第 { $build } 次）生成网站时没有重新生成，因为它读取的内容都没有变化；最近一次重新生成是第 { $rendered } 次，因为{ $why }
page-due = 现在生成网站，会重新生成，因为{ $why }
page-stays = 现在生成网站，不会重新生成：它读取的内容都没有变化
why-new = 以前没有这个页面
why-changed = 有变化的是：{ $reads }
why-fewer = 以前读取的有些内容不再读取
why-theme = 主题、模板或程序有变化
why-links = 文中链接的去处或页面上的联系方式有变化
why-time = 时间到了
why-told = 页面上有需要提醒的问题
why-lost = 它的文件不见了，或者被人改过
page-reads = 用到 { $count } 项内容：
read-site = 网站设置 site.toml
read-today = 日期 { $day }
read-routes = 文中链接指向的网址
read-lists = { $place }有哪些列表
read-place = 地点：{ $place }
read-collection = 栏目的声明：{ $collection }
read-records = 记录：{ $place } 的 { $collection }  { $files }
read-own = 本级数字：{ $place } 的 { $collection }
read-total = 合计数字：{ $place } 及以下的 { $collection }
read-listing = 最近的记录：{ $place } 及以下的 { $collection }
no-package = { $file } 不是数据的 datapackage.json
read-all-records = 记录：{ $place } 及以下的 { $collection }
read-all-places = 所有地点
read-notices = 通知的标题：{ $place }
read-all-notices = 通知的标题：{ $place } 及以下
read-agenda = 日历上的安排：{ $place }
read-notice = 通知：{ $file }

## 命令的说明

command-linli = 把社区的台账变成网站：先检查，再汇总，然后生成网页
command-new = 新建一个可以马上生成的小网站
command-build = 生成网站
command-check = 指出所有错误，不写任何文件
command-serve = 预览网站，一改内容就重新生成
option-addr = 预览的地址，只写端口也可以，例如 4001
option-poll = 每秒自己查看文件有没有变，用于不报告变化的网络盘
option-host = 还可以用哪个名字访问预览
option-open = 在浏览器里打开预览
command-next-change = 说明没有人改内容时，网站下一次会在什么时候变化
command-privacy-report = 列出所有公开的个人信息项
option-fix = 把只有一种改法的地方改好，例如全角冒号、错了一个字的字段名；改哪几行先给您看
option-yes = 和 --fix 一起用：不再问，直接写入
option-deny-warnings = 有警告也算不通过：不生成网站，命令以 1 结束
option-style-guide = 另做一页 style-guide/，列出主题的各个组件
option-drafts = 把草稿也做成网页，并打上标记：不能给公众看
option-hidden = 把没有发布的记录和通知也列出来
option-output = 不检查内容，只核对已经生成的文件有没有被动过；不写文件夹就是网站里的 public
option-json = 等于 --format json
command-explain = 说明一个页面用到了哪些内容，或者一种错误是什么意思、怎么改
command-due = 列出这几天要办的：迟了的名单、快开始和快结束的、公示期满的、草稿
option-days = 看多少天
option-due-format = 写成什么样：text、json，或者日历 ics
option-schema-dir = 写到哪个文件夹，不写就是网站里的 .vscode/schemas
command-schema = 给编辑器写格式说明，打字时就有提示、能检查
command-fields = 列出一个栏目可以写哪些内容，并给出样例
command-template = 做一个可以填写的表格：每份名单一张工作表
command-export = 把一个地方的记录写成表格
command-import = 把表格里的行写成记录，先给您看有哪些变化
option-table = 表格文件，或者 CSV
option-list = 是哪份名单；不写就看工作表的名字
option-mapping = 别的系统导出的表，各栏对应哪一项：imports/NAME.toml
option-replace = 表格里没有的记录也删掉
option-write = 按看到的变化写入
option-collections = 名单，例如 honors patrols；不写就是全部
option-place = 给哪个地方用，写它的文件夹，例如 kaixuan/yixin
option-file = 写到哪个文件
option-collection = 栏目，例如 honors；不写就列出全部栏目
command-publish = 生成网站，发布到公众看得到的地方
option-target = 发布地点，用 site.toml 里的名字；只有一个时不用写
option-dry-run = 只说会发送和删除哪些文件
option-all = 全部文件重新发送，不管那里已经有什么
command-verify = 把公众看到的网站和发布的比较
option-place = 发布地点，用 site.toml 里的名字；或者网站的公开网址
option-adopt = 把目标那里现有的本网站文件当作由 Linli 发布的，什么也不发送：用于发布记录丢失或损坏的时候
option-rollback = 退回上一次发布的那一版，或者之前第几版
option-purge-file = 把 CDN 要清掉的网址写到这个文件里
command-shards = 说明网站怎样分给几台机器生成，或者把它们生成的各部分合成一个网站
option-count = 分成几份
option-shards-format = 写成什么样：text 或 json
option-join = 把这个文件夹里的各部分合成一个网站发布
option-allow-missing = 缺了的部分由这台机器来做
option-shard = 只生成几份中的一份，八份中的第三份写 3/8
option-summary = 把这一部分的摘要写到文件里，不做网页
option-summaries = 用这个文件夹里各部分的摘要生成这一部分，--out 这时是文件
command-completions = 输出命令行补全脚本
command-man = 把手册页写到文件夹里
option-site = 网站的文件夹
option-lang = 提示用哪种语言：zh-CN 或 en
option-quiet = 只说错误，不说警告和结果
option-verbose = 多说一些
option-show-values = 引用文件里的行时照原样显示，包括不公开的内容；只在终端窗口里有用
values-concealed = 星号代替的是不公开的内容；要看原文，命令后面加上 --show-values
no-values = --show-values 只在终端窗口里有用，这里仍然用星号代替不公开的内容
option-out = 输出文件夹，不写就是网站文件夹里的 public
option-as-of = 按这个日期（2026-03-05）或时刻（2026-03-05T08:00）生成，不写就是现在
option-jobs = 用几个线程，不写就用全部处理器
option-base-url = 网站发布到的网址，如 https://example.org/portal
option-fresh = 不用以前生成的任何东西
option-format = 错误的写法
option-page = 页面，例如 /kaixuan/yixin/，或输出文件夹里的文件；也可以是方括号里的错误名，例如 yaml-syntax
option-dir = 文件夹
option-shell = 命令行的种类
help-usage = 用法
help-commands = 命令
help-arguments = 参数
help-options = 选项
option-help = 显示说明
option-version = 显示版本
offline = 一个别的网站都没有连上：请先看看这台电脑能不能上网
no-client = 这个 linli 不会上网：请换用 cargo install --features external 编译的
option-external = 看看通往别的网站的链接还能不能打开（只有这一项要上网）
