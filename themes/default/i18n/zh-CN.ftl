# 默认主题的界面文字

## 日期
format-date = { $year }年{ $month }月{ $day }日
format-date-short = { $month }月{ $day }日
format-month = { $year }年{ $month }月
format-year = { $year }年
weekday-1 = 星期一
weekday-2 = 星期二
weekday-3 = 星期三
weekday-4 = 星期四
weekday-5 = 星期五
weekday-6 = 星期六
weekday-7 = 星期日

## 每一页
skip-to-content = 跳到正文
sections = 信息公开
you-are-here = 当前位置
parts = 分页
parts-again = 分页（页末）
parts-between = 中间各页
parts-below = 看其他年份、其他页
help = 有事找我们
help-phone = 咨询电话
organiser = 主办：{ $name }
site-code = 网站标识码 { $code }

## 地点
place = 地点
places = 按地方找
office-phone = 办公电话
hours = 办公时间
coming = 近期安排
day-as-above = 见上面
day-empty = 没有登记这一天的停水、停电等通知，也没有安排。
day-empty-short = 没有停水停电通知
day-more = 这一天另有 { $count } 项，请到各处的页面上看。
objection-last = 公示最后一天
urgent-notices = 紧急通知
urgent-call = 有事请打
notices-above = 上级的通知公告
urgent-close = 知道了
mine-is = 我的社区：
mine-choose-whole = 把{ $name }设为我的社区
mine-wide = 下面是{ $place }各处的。
mine-choose = 设为我的社区
calendar-link = 看整月日历
calendar-title = { $place }的日历
calendar-lead = { $place }接下来的安排。表里标出来的日子有安排，点一下看是什么；划掉的取消了。
calendar-further = 更晚的安排没有全部列出，请看各个栏目自己的网页。
calendar-area = 各社区自己的安排不在这张日历里：请在下面选您的社区。
calendar-places = 各处自己的日历，在各处的网页上
day-count = { $day }，{ $count } 项
weekday-short = { $day ->
    [1] 一
    [2] 二
    [3] 三
    [4] 四
    [5] 五
    [6] 六
   *[7] 日
}
others = 其他
menu = 主要栏目
menu-place = 我的社区
menu-call = 找人
menu-when = 办事时间
menu-notices = 通知
menu-data = 数据
large-print = 大字版
large-print-means = 字大、对比强、一栏
read-aloud = 朗读这一页
read-aloud-end = 停止朗读
printed-on = 打印日期
tasks = 常用
task-place = 我的社区
task-call = 我该找谁
task-when = { $list }时间
task-notices = 最新通知
choose-place = 选您的街道、社区
kept-up = 坚持了多久
by-street = 各街道、社区的数字
places-in = { $place }所属各处
about = 关于{ $place }
generated = AI生成
photo-of = { $name }的照片
this-place = 只看本处
all-places = 下面的数字和名单包括所属各处；只看{ $place }的，点“只看本处”。

## 通知公告
notices = 通知公告
all-notices = 全部通知公告
all-notices-here = 包括所属各处的通知公告。
pinned = 置顶
posted-on = 发布
urgent = 紧急
happens = 时间
corrected = 更正
source = 来源：{ $name }
tags = 标签
posted-until = 张贴至{ $day }
until = 张贴至
contents = 本文目录
pages = 网页
pages-of = { $place }的网页
of-place = （{ $place }）
more-pages = 还有 { $count } 个，请到各处的页面上看。
updated = 更新于
newest = 更新
correct = 内容有错，告诉我们
correct-call = 内容有错，请打
mark-public = 党政机关网站标识
mark-mistakes = 政府网站找错
other-notices = 前后两篇
newer = 后一篇
older = 前一篇
notices-here = 只看{ $place }的通知公告
notices-below = { $place }和所属各处的通知公告

## 记录
figures = 主要数字
latest = 最近
past-of = { $title }往期
by-place = 各处情况
by-place-of = 各处{ $title }情况
more-at-places = 更多记录在各处自己的页面上。
no-records = 暂无记录。
cadence = { $on ->
    [monday] 每周一
    [tuesday] 每周二
    [wednesday] 每周三
    [thursday] 每周四
    [friday] 每周五
    [saturday] 每周六
    [sunday] 每周日
   *[other] { $every ->
        [daily] 每天
        [weekly] 每周
        [monthly] 每月
        [quarterly] 每季度
       *[yearly] 每年
    }
}更新。
behind = 最近一条记录是{ $day }的，之后还没有更新。
no-data = 暂无数据
none-planned = 暂无安排
not-given = 未填
not-public = 不公开
list-comma = 、
yes = 是
no = 否
today = 今天
money-unit = 元
in-unit = （{ $unit }）
referred-by = 相关记录（{ $count }）
referred-more = 更多：{ $title }
back-to = 返回{ $title }
state-open = 办理中
state-overdue = 已超期
state-closed = 已办结
cancelled-short = 取消
cancelled-many = 取消 { $count } 场
state-cancelled = 已取消
figures-all = 除“今年”的以外，数字按全部 { $count } 条记录计算
years = { $from }至{ $to }

## 数据
data = 数据下载
data-of = { $place }的数据下载
data-source = 下载数据、看数字的来源
data-source-of = ：{ $title }
data-about = 网站上公开的记录，都可以整份下载。文件里只有已经公开的内容。
data-open = CSV 用 WPS、Excel 直接打开，JSON 给程序用。
data-here = { $place }自己的{ $count }条
data-all = { $place }和所属各处，共{ $count }条
data-days = { $from }至{ $to }
data-preview = 预览里没有全部记录的文件。运行 linli build 正式生成网站，这里就有。
data-explained = 各列的意思，各个数字怎么来的
data-explained-of = { $title }：各列的意思，各个数字怎么来的
data-all-places = 地点表：
data-column-names = 各列：
data-columns = 各列的意思
data-column = 列名
data-meaning = 意思
data-kind = 内容
data-type = { $type ->
    [integer] 整数
    [count] 整数
    [decimal] 小数
    [percent] 百分数，95 就是 95%
    [money] 金额（元）
    [boolean] true 是，false 否
    [date] 日期
    [month] 月份
    [year] 年份
    [period] 月份或年份
    [time] 时:分，25:30 是次日 1:30
    [datetime] 日期，或日期加时间
    [choice] 选项
    [person] 人名
    [phone] 电话
    [email] 电子邮箱
    [url] 网址
    [image] 图片的网址
    [place] 地点路径
    [reference] 另一条记录的标题
    [address] 地址
   *[other] 文字
}
data-unit = 单位：{ $unit }
data-several = 几个值之间用分号（;）隔开
data-masked = { $type ->
    [person] 隐去一部分，如“王**”，有的只写姓氏
    [phone] 隐去中间几位
    [email] 隐去“@”前面的一部分
    [address] 隐去楼号、门牌和房号
    [image] 姓名隐去的人没有照片
   *[other] 涉及个人的内容隐去
}
data-hidden = 写着 <{ $below } 的是少于 { $below } 的数，不单独公布；写着 … 的也不公布，以免推算出来。空格是没有填写。
data-formula = CSV 里，以 = + - @ 开头的文字前面加了一个撇号（'），以免被表格软件当成公式。JSON 里没有。
data-xlsx = XLSX 用表格软件打开，电话、编号都是文字，不会变样；一格最多 32000 个字，再长的请看 CSV。
data-figures = 网页上的数字怎么来的
data-clause = ，
data-made = { $measure ->
    [count] 记录的条数
    [count-of] “{ $of }”一共有多少个
    [sum] 各条“{ $of }”相加
    [mean] 各条“{ $of }”的平均数
    [median] 各条“{ $of }”的中位数
    [share] { $of }，分子、分母各自先加总
    [fraction] 符合条件的记录占多少
    [distinct] “{ $of }”有多少种
    [latest] 最近一条的“{ $of }”
    [change] 最早一条和最近一条的“{ $of }”
    [next] 接下来最近的一次
    [streak] 到最近一条为止，连续多少{ $of ->
        [day] 天
        [week] 周
        [month] 个月
       *[year] 年
    }符合条件
   *[other] { $of }
}
data-held = 条件：{ $conditions }
data-filter = 只算：{ $conditions }
data-by = 按“{ $by }”分开算
data-when = { $when ->
    [this-year] 只算当年的
    [past] 只算今天以前的
    [upcoming] 只算今天和以后的
    [current] 只算正在进行的
   *[other] 全部记录
}
data-condition = { $test ->
    [present] 填了“{ $field }”
    [absent] 没填“{ $field }”
    [yes] 写了“{ $field }”
    [no] 没写“{ $field }”
    [is] “{ $field }”是“{ $value }”
    [before] “{ $field }”早于{ $value }
    [until] “{ $field }”不晚于{ $value }
   *[after] “{ $field }”晚于{ $value }
}
data-today = 今天
data-use = 怎么用
data-licence = 使用许可：
data-licence-title = { $licence ->
    [CC0-1-0] 知识共享 CC0 1.0 通用公共领域贡献
    [CC-BY-SA-4-0] 知识共享署名-相同方式共享 4.0 国际许可协议
    [CC-BY-NC-4-0] 知识共享署名-非商业性使用 4.0 国际许可协议
    [ODC-BY-1-0] 开放数据共用署名许可 1.0
    [PDDL-1-0] 开放数据共用公共领域贡献与许可 1.0
   *[CC-BY-4-0] 知识共享署名 4.0 国际许可协议
}
data-licence-means = { $licence ->
    [CC0-1-0] 可以自由使用，不必注明来源。
    [CC-BY-4-0] 可以自由使用和改编，也可以用于商业，要注明来源。
    [CC-BY-SA-4-0] 可以自由使用和改编，要注明来源，改编后的作品用同样的许可。
    [CC-BY-NC-4-0] 可以使用和改编，要注明来源，不能用于商业。
    [ODC-BY-1-0] 可以自由使用和改编，也可以用于商业，要注明来源。
    [PDDL-1-0] 可以自由使用，不必注明来源。
   *[other] {""}
}
data-no-licence = 网站没有写明许可。转用请注明来源，其他用途请先问主办单位。
data-stable = 网址固定不变。列的顺序不变，新的列加在后面。本页：
data-package = 给程序的说明（Data Package）：
data-example = 例如用 Python 读：

## 公示期
objection-open = 公示中
objection-early = 尚未开始公示
objection-over = 公示期满
objection-until = 公示至
objection-from = 公示期
objection-between = 至
objection-ends = 公示期至
objection-ended = 公示期至
objection-to = 到{ $day }为止
objection-how = 有不同意见，请在公示期内告诉我们：说清事情和理由，打电话、当面说都可以。
objection-call = 反映意见
last-weekday = （{ $weekday }，含当天）

## 数字和图
as-of = 截至{ $day }
from-to = { $from }至{ $to }
changed-to = 变为
over-whole = 超过登记的总数
in-a-row-before = 连续
in-a-row = { $unit }
chart-top = 最高 { $value }{ $unit }，{ $day }
chart-description = { $from }至{ $to }，共{ $count }个数，数字见下表。
month-by-month = 逐月记录
in-numbers = 逐月数字表
key-zero = 全部为零
key-some = 有几项不为零
key-few = 少于 { $below }
key-none = 未记录
amount = { $value }{ $unit }
few = 不单列
aside = （{ $note }）
few-note = 少于 { $below } 的数字不单独公布，合计也不含这些数字，以保护个人信息。
draft = 草稿
leaves-site = （打开别的网站）
masked-note = 姓名部分隐去，依据个人信息保护的规定。

## 没有的网页
not-found-help = 网址可能写错了，或者这一页到期撤下了。可以从首页重新找，也可以打页脚的电话问。
to-home = 回首页

record-of = { $title }记录
all-of = 查看全部{ $title }
all-places-of = { $title }：看所属各处
current = 现任
former = 往届
records = 名单
strip-description = { $label }逐月图，不为零的月份和数字见上下文字。

## 网页标题
list-title = { $list } · { $place }
list-part-title = { $list }（{ $part }） · { $place }
latest-part = 最近
part-page = 第{ $number }页
part-year-latest = { $year }年·最近
part-year-page = { $year }年·第{ $number }页
subtree-place = { $place }和所属各处
place-description = { $place }的通知公告、近期安排、联系电话和公开记录。
not-found-title = 没有这个网页

## 搜索
search = 搜索
search-go = 搜索
search-pages = 搜索和拼音查找
search-by-pinyin = 按拼音查找
search-letter = 拼音 { $letter } 开头
search-titles = 通知公告和其他
search-loading = 正在查找……
search-found = 找到 { $count } 条
search-many = 找到 { $count } 条，已列出 { $shown } 条
search-none = 没有找到。请换个说法，或少写几个字；也可以按拼音查找，或打电话问我们。
search-short = 请写两个字以上。
search-empty = 请先在框里写要找的字，比如“停水”，再按“搜索”。
# 末尾接“找到几条”
search-partial = 没有同时含{ $words }的，下面只含{ $found }。
search-list = 列表
# 接日期和时间
search-next = 下一次：
# 接日期
search-latest = 最近一条：
search-failed = 现在查不了。请稍后再试，或按拼音查找。
search-further = 再看一些
search-without-script = 这个浏览器不能搜索，请按拼音查找。
## 订阅
subscribe-title = 订阅{ $place }的日历和通知
subscribe-link = 订阅日历和通知
subscribe-calendar = 放进手机日历
subscribe-nearest = 选您住的地方，放进手机日历
subscribe-choose = 选您住的地方
subscribe-narrow = 每个社区都有自己的日历：社区、小区的安排在里面，街道和区里对大家的安排也在。先选您住的地方。
subscribe-lead = 把{ $place }的安排放进手机日历：什么时候、在哪儿、打什么电话，都在里面。街道和区里对大家的安排也在。
calendars = 日历
calendar-of = { $title }日历
calendar-alone = { $title }日历（不含所属各处的安排）
subscribe = 订阅日历
download = 下载日历文件
download-coming = 接下来的 { $count } 个安排
download-nothing = 现在没有接下来的安排，所以没有可以下载的文件。订阅了日历，有新安排会自己出现。
subscribe-address = 网址：
subscribe-delay = 时间有改动，订阅的日历会跟着改，一般在一天以内。临时改期、取消的，以网页上的通知公告为准；急事请打电话问。
subscribe-how = 怎么订
phone-apple = 苹果手机：
how-apple = 点“订阅日历”，再点“订阅”。
phone-android = 华为、荣耀、小米、OPPO、vivo 等手机：
how-android = 多数自带的日历只能导入，不能订阅。点“下载日历文件”，用“日历”打开，点“导入”。文件里是接下来的安排；这样放进去的不会自己更新，过一阵请再下载一次。
in-wechat = 在微信里看这一页：
how-wechat = 先点右上角的“…”，选“在浏览器打开”。
on-computer = 电脑和别的日历软件：
how-computer = 在软件里选“从网址添加日历”，填上面的网址。网址按住或点一下就能全部选中，再复制。
subscribe-code = 二维码
how-code = 用手机扫一扫，就在手机上打开这一页。可以打印出来贴在楼道里。
feeds = 消息源
feeds-lead = 会用阅读软件（RSS 阅读器）的，把下面的网址复制进去，一有新消息就能看到。不用阅读软件的，看网页就行。
feed-of = { $title }的新消息
feed-json = 给程序用（JSON）：
place-alone = { $place }自己
subscribe-within = { $place }所属各处的订阅页

## 网站对读者的说明
privacy-title = 个人信息怎样公开
privacy-lead = 本站公开社区的公共信息，其中有些和个人有关。下面写明公开了哪些、公开到什么程度、依据是什么，以及怎样要求更正或撤下。
privacy-lists = 公开了哪些个人信息
privacy-none = 本站的各项清单里没有个人信息。
privacy-list = 清单
privacy-how = 怎样公开
privacy-basis = 依据
privacy-until = 期限
privacy-field = { $rule ->
    [full] { $field }：写全
    [each] { $field }：有依据的写全，没有依据的隐去一部分
    [masked] { $field }：隐去一部分
    [surname] { $field }：只写姓氏
   *[work] { $field }：办公用的，写全
}
privacy-basis-kind = { $basis ->
    [statutory] 法律法规的规定
    [office] 履行职务
   *[each] 每条记录注明，如本人同意
}
privacy-ends = 到期自动撤下
privacy-stays = 写明日期的到期撤下，其余一直公开
privacy-never = 哪些不公开
privacy-never-text = 身份证号、银行卡号，以及只供内部使用的栏目，不进入本站的网页、下载文件、日历和搜索。人数太少的数字不单列，以免认出是谁。
privacy-visit = 您访问本站时
privacy-visit-text = 本站不使用 Cookie，不统计访客，也不向别的网站要内容。您在本站做的选择只存在您自己的手机或电脑里。
privacy-rights = 更正和撤下
privacy-rights-text = 和您有关的信息写错了，或者您不愿意再公开，请联系我们。撤下以后，网页、下载文件、日历和搜索里都不再有您的姓名。
accessibility-title = 无障碍声明
accessibility-lead = 本站希望人人都能用：视力不好的、听不见的、手不方便的，还有用旧手机和慢网络的。
accessibility-done = 我们做了什么
accessibility-standard = 本站的网页以 WCAG 2.2 的 AA 级为目标，也是《互联网内容无障碍可访问性技术要求与测试方法》（GB/T 37668—2019）要求的内容。
accessibility-letters = 文字可以放大到两倍，页面不会变得比屏幕宽；颜色对比足够，不只靠颜色表达意思。
accessibility-keys = 只用键盘就能到达每个链接和按钮；没有验证码，没有时间限制。
accessibility-reader = 标题、表格、表单都有读屏软件能读的名称；图表旁边有表格；电话可以直接拨打。
accessibility-light = 关掉脚本也能看到全部内容；网页很小，慢网络也能打开。
accessibility-limits = 还有哪些不足
accessibility-limits-text = 附件（如文档、表格、扫描件）由各单位制作，有的读屏软件读不了；照片和图上的文字，请看旁边的说明。需要别的形式，请打电话告诉我们。
accessibility-tell = 遇到困难
accessibility-tell-text = 哪里用不了，请告诉我们是哪一页、用的什么手机或软件。
site-map-title = 网站地图
map-lists = 全部清单
map-others = 其他
## 各种列表
so-many = { $count } 条
so-many-more = 另有 { $count } 项
planned-many = { $count } 场
later = 再往后
further = 其余
without-date = 未写日期
weeks = 近几周哪天有安排
week-days = 一 二 三 四 五 六 日
# 去掉日期栏名称末尾的这几个字，当作步骤的名称
step-of = 日期
step-done = 已{ $step }
step-open = 待{ $step }
days-left = 还剩 { $days } 天
days-today = 今天到期
days-over = 已超期 { $days } 天
ask-about = 问办理情况
exceptions = 不为零的月份
no-exceptions = { $from }至{ $to }，各项都为零。
zero-since = 各项连续为零
chart-from = 图中的刻度不从零开始，从 { $value }{ $unit } 开始。
find-by = 按{ $what }找
find-here = 您住哪栋楼？点一下，就知道找谁
find-many = { $count } 个
find-type = 输入号码或名称
find-found = 找到 { $count } 个
find-none = 这里没有。请换个写法，或打电话问。

## 转发用的短文
paste = 转发、广播用的短文
paste-brief = 转发
paste-how = 点一下文字就全部选中，再复制。
paste-copy = 复制
paste-copied = 已复制
paste-group = 微信群
paste-message = 短信
paste-loud = 喇叭
paste-short = 【{ $place }】{ $title }。
paste-when = 时间：{ $when }。
paste-at = ，地点：{ $venue }
paste-call = 咨询电话：{ $phone }。
paste-more = 详情：{ $url }
paste-spoken = { $place }的居民朋友们请注意：{ $title }。
paste-again = 再说一遍：{ $title }。
