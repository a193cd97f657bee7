### 写给社区工作人员看的话：每句一行，句末不加句号，用他们自己的词，接着说清楚该打什么字。
###
### 每条的名字就是错误代号。“.about”是这类错误的总称，其余的是建议，或另一处地方的说明。
### 用词：网站、地点、板块、栏目、记录、通知；一条记录里的一行叫“项”，冒号前是项名，冒号后是内容。

## 类型和写法的名字

type-name = { $type ->
    [group] 一组
    [cadence] 更新的间隔
    [text] 文字
    [markdown] 文章
    [integer] 整数
    [count] 数目
    [decimal] 数字
    [percent] 百分比
    [money] 金额
    [boolean] “是”或“否”
    [date] 日期
    [month] 月份
    [year] 年份
    [period] 年份或月份
    [time] 时间
    [datetime] 日期或时刻
    [happening] 一天、几天或者几点到几点
    [id-number] 身份证号
    [term] 期限
    [threshold] 3 到 1000 之间的整数
    [total-parts] 合计的各项（至少两项，不含它自己）
    [share-parts] 部分和整体两项
    [larger-number] 另一个数（它不会超过的那一项）
    [choice] 选项之一
    [person] 人名
    [phone] 电话号码
    [email] 电子邮箱
    [url] 网址
    [image] 图片
    [place] 地点
    [reference] 别的栏目里的一条记录
    [address] 地址
    [list] 清单
    [mapping] 若干项
    [paging] “year”或每页的条数
    [downloads] true、false 或 xlsx
   *[other] { $type }
}
type-form = { $type ->
    [cadence] 写成 monthly、weekly on monday 或者每月、每周一这样，可以用的有 daily、weekly、monthly、quarterly、yearly
    [integer] 写成不带小数的数，例如 120
    [count] 写成不带单位的整数，例如 120
    [decimal] 写成不带单位的数，例如 3.5
    [percent] 写成 95 或 95%
    [money] 写成不带单位的数，例如 1200.50
    [boolean] 写“是”或“否”
    [date] 写成 2026-03-05、2026/3/5 或 2026年3月5日
    [month] 写成 2026-03
    [year] 写成四位数，例如 2026
    [period] 写成 2026 或 2026-03
    [time] 写成 9:00、9点半 或 下午3点
    [datetime] 写成 2026-03-05 或 2026-03-05 08:00
    [happening] 写成 2026-11-28、2026-11-28 至 2026-11-30，或者 2026-11-28 8:00—16:00
    [id-number] 写全 18 位（末位可以是 X），并核对有没有抄错
    [threshold] 写 3 到 1000 之间的整数，小于它的数（0 除外）不公开
    [total-parts] 写相加成合计的各项的名字，例如 [day, night]
    [larger-number] 写它不会超过的那一项的名字，例如 found
    [share-parts] 先写部分、再写整体的名字，例如 [settled, accepted]
    [term] 写成“1 year after date”“15 working days after from”这样，from 是发布起始那天
    [choice] 从规定的选项里写一个，一个字也不要差
    [person] 只写姓名，例如 王秀兰
    [phone] 写成 0431-8255-0001 或 13800000000
    [email] 写成 yixin@example.cn 这样
    [url] 写全网址，以 https:// 或 http:// 开头
    [image] 写图片的文件名，例如 photo.jpg
    [place] 写地点的文件夹，例如 kaixuan/yixin
    [reference] 照那条记录的编号或名称原样写
    [address] 写成一行，例如 凯旋街道 12 号
    [list] 每个内容单独一行，开头写“- ”（减号加空格）
    [mapping] 一行一项，写成“项名: 内容”
    [downloads] 写成 false（不让下载）或者 xlsx（另外提供 Excel 文件）；只要 CSV 和 JSON，就删掉这一行
    [paging] 写成 year（一年一页），或者每页的条数，例如 50
   *[other] 在冒号后面直接写文字
}
personal-kind = { $kind ->
    [id-number] 身份证号码
    [bank-card] 银行卡号
    [phone] 手机号码
    [plate] 车牌号码
    [address] 具体到户的住址
   *[email] 电子邮箱
}
office-mobile = { $kind ->
    [phone] 是单位的手机，写进地点的电话或通讯录的工作电话以后就能用；
   *[other] {""}
}
types-wanted = { $wanted ->
    [number] integer（整数）、count（数目）、decimal（数字）、percent（百分比）、money（金额）
    [date] date（日期）、month（月份）、year（年份）、period（年份或月份）
    [time] time（时间）
    [title] text（文字）、choice（选项）、person（人名）、place（地点）、address（住址）、日期和数字
    [summary] text（文字）、markdown（长文字）
    [kind] choice（选项）、text（文字）
    [person] person（人名）
    [picture] image（图片）
    [phone] phone（电话）
    [venue] text（文字）、address（住址）、place（地点）
   *[other] { $wanted }
}
shape-wanted = { $wanted ->
    [list] 一个清单
    [mapping] “项名: 内容”
    [table] 若干项
    [value] 一个内容
   *[other] { $wanted }
}
shape-found = { $found ->
    [list] 一个清单
    [mapping] “项名: 内容”
    [table] 若干项
    [value] 一个内容
    [nothing] 空白
   *[other] { $found }
}

## 各项的内容

unknown-field = 没有“{ $field }”这一项
    .about = 没有这一项
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 可以写的项：{ $known }
    .page = 长期网页才有这一项，通知没有：是长期网页的话，请把文件移到 notices 文件夹外面，跟 place.yaml 并排；不是的话，请删掉这一行
    .notice = 通知才有这一项，长期网页没有：是通知的话，请把文件移到 notices 文件夹里；不是的话，请删掉这一行
missing-field = 缺少“{ $label }”这一项
    .about = 缺少必须写的项
    .add = 请加一行“{ $field }: …”，在冒号后面写上{ $label }
    .fill = 请在“{ $field }:”的后面写上{ $label }
    .add-choice = 请加一行“{ $field }: …”，在冒号后面写上{ $label }，可以写：{ $known }
    .fill-choice = 请在“{ $field }:”的后面写上{ $label }，可以写：{ $known }
    .key = 请加一行“{ $field }: …”
    .statutory = 请在 basis: 下面缩进写两行：kind: statutory 和 reference: 依据文号
    .records = 请加一行“records:”，把记录都写在它下面
    .choices = 请加一行“choices: [甲, 乙]”，把能选的都写上
    .to = 请加一行“to: 栏目名”，写明引用哪个栏目的记录，例如 to: projects
    .date = 请在栏目的规定里加一行“date: …”，写明哪一项是日期
    .address = 每条记录的网址由“{ $label }”组成：请写上至少一个汉字、字母或数字
    .column = 请在表头加一格“{ $label }”，再在下面每一行写上
    .cell = 请在这一格里写上{ $label }；“-”“无”等于没有写，数目是零就写 0
    .urgent = 紧急通知要写到哪天为止：请加一行“until: 2026-11-30”
    .setting = 请加一行 { $field } = "…"
wrong-type = “{ $field }”应该是{ type-name }，现在写的是“{ $value }”
    .about = 内容的类型不对
    .form = 请{ type-form }
    .year = 请写上是哪一年，例如 2026年11月3日
    .later = 结束的时间比开始早：是 { $meant } 的，请写成 { $meant }；到第二天才结束的，写成 2026-11-28 22:00—次日6:00
    .reversed = 开始写在前面，结束写在后面；到第二天才结束的，写成 2026-11-28 22:00—次日6:00
    .weekday = 日期和星期几对不上，请对照日历改正
    .places = 小数点后面最多写六位
spreadsheet-damage = { $kind ->
    [failed] “{ $field }”这一格是表格算错时显示的代码，不是真正的内容
    [narrow] “{ $field }”这一格只有一串 #，是表格的列太窄，内容没有存下来
    [day] “{ $field }”这一格成了日期，多半是表格软件把 { $meant } 改成的
   *[rounded] “{ $field }”这一格的长号码被表格软件改成了带 E+ 的写法，后面几位已经丢了
}
    .about = 表格软件弄丢了内容
    .failed = 请在原来的表格里改好这一格的公式，或者直接打上内容，再另存一次
    .narrow = 请在原来的表格里把这一列拉宽，看到内容后再另存一次
    .day = 请在原来的表格里把这一列的格式改成“文本”，重新打上 { $meant }，再另存一次；真是几月几日，请在数字前后空一格，例如“1 月 4 日”
    .rounded = 请在原来的表格里把这一列的格式改成“文本”，重新打一遍号码，再另存一次
spreadsheet-date = “{ $field }”写的是“{ $value }”，这是表格软件存 { $meant } 的办法
    .about = 日期或时间变成了表格软件内部的数字
    .meant = 请写成 { $meant }；整列都这样的话，请在表格里把这一列的格式改成日期或时间，再另存一次
phone-length = “{ $field }”写的是“{ $value }”，这个号码的位数不对
    .about = 电话号码多了几位或者少了几位
    .check = 请核对号码：手机号 11 位；座机 7 或 8 位，前面可以加区号，例如 0431-82550001（区号开头的 0 别丢）
    .part = 这里像是几个号码连在了一起：请在号码之间加“、”，例如 82550001、82550002
unknown-choice = “{ $field }”没有“{ $value }”这个选项
    .about = 没有这个选项
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 可以写的选项：{ $known }
unknown-place = 没有“{ $value }”这个地点
    .about = 没有这个地点
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 现有的地点：{ $known }
unknown-reference = { $found ->
    [several] “{ $collection }”里好几个地点都有“{ $value }”，分不清是哪一条
   *[no] “{ $collection }”里没有“{ $value }”这条记录
}
    .about = 引用的记录找不到，或者分不清是哪一条
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = “{ $collection }”里现有的：{ $known }
    .empty = “{ $collection }”还没有公开的记录，请先在那里写上这一条
    .several = 先找本地点，再找上级地点，最后找全网站唯一的一条；请把两处的编号或名称改成不一样的
    .one = 一处在这里
    .other = 另一处在这里
unknown-section = 没有“{ $value }”这个板块
    .about = 没有这个板块
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 现有的板块：{ $known }
several-values = “{ $field }”只能写一个内容
    .about = 只能写一个内容的项写了几个
    .one = 请留下一个，删掉其余的
    .ends = 这里写了从几点到几点：这一项只写开始的时间，结束的时间请写在“{ $end }”里
    .range = 这里写了从几点到几点，请只写一个时间
    .number = 这里写了不止一个号码：请留下一个，其余的删掉
impossible-date = { $type ->
    [month] 没有“{ $value }”这个月
    [year] “{ $value }”不像真的年份
    [period] 没有“{ $value }”这个月，或者年份不像真的
   *[date] 日历上没有“{ $value }”这一天
}
    .about = 日历上没有这一天
    .form = 请对照日历改正，{ type-form }
ends-before-starts = “{ $end }”要在“{ $start }”之后
    .about = 结束比开始还早
    .swap = 请核对这两处；如果是写反了，请对调过来
    .later = 请看看结束的时间是不是 { $meant }，是的话请写成 { $meant }；如果两处写反了，请对调过来；到第二天才结束的，前面加“次日”
    .night = 如果过了半夜才结束，请写成“次日1:00”这样，正好半夜就写 24:00；如果是写错了，请改过来
    .start = “{ $start }”写在这里
odd-hour = “{ $value }”是凌晨，不像开始的时间
    .about = 开始的时间在凌晨
    .meant = 下午请写成 { $meant }；真是凌晨，请写成“凌晨{ $value }”
    .both = 下午请写成 { $meant }，结束的时间也要改成 { $until }；真是凌晨，请写成“凌晨{ $value }”
negative-count = “{ $field }”不能小于零，现在写的是“{ $value }”
    .about = 数目小于零
    .zero = 有多少写多少，一个也没有就写 0，前面不要加减号
absurd-count = “{ $field }”写的是“{ $value }”，数目太大，不像真的
    .about = 数目太大，不像真的
    .check = 请看看是不是多打了几个零，最大只能到 { $limit }
too-many = { $kind ->
    [values] 一条记录里，“{ $name }”的值超过了 { $limit } 个
    [choices] “{ $name }”的选项超过了 { $limit } 个
    [fields] 栏目的项超过了 { $limit } 个
    [several] 一条记录里写了超过 { $limit } 组“{ $name }”
    [figures] 统计数字超过了 { $limit } 个
   *[groups] 统计数字“{ $name }”分出的组超过了 { $limit } 个
}
    .about = 数量超过了网站能容纳的限度
    .values = 请看看是不是把一整列贴进了一格里；如果确实这么多，请分成几条记录写
    .several = 如果一条记录可以有更多组，请在栏目声明里给这一组写上 `max`，例如 `max: 9`
    .choices = 选项这么多，就把这一项改成 `type: text`
    .fields = 请把这个栏目拆成几个，每个只放相关的项
    .figures = 请只留下居民要看的数字
    .groups = `by:` 后面请写一个取值不多的项，比如选项；或者删掉这个统计数字
too-many-mistakes = 这个文件里的{ $kind ->
    [warnings] 警告
   *[mistakes] 错误
}太多，只列出前 { $limit } 个
    .about = 一个文件里的错误太多
    .first = 请先改好这些，再检查一次
part-over-whole = “{ $part }”比“{ $whole }”还大
    .about = 其中的数比总数还大
    .check = 请核对这两个数，看看是不是写反了
duplicate-record = “{ $key }”这条记录写了两次
    .about = 同一条记录写了两次
    .remove = 请删掉其中一条；如果是两件事，请把日期、名称等改得不一样
    .first = 第一次写在这里
value-twice = { $label }“{ $value }”在两条记录里都有
    .about = 只该出现一次的内容写在两条记录里
    .check = 请在其中一条里删掉，或者改正
    .first = 第一次写在这里
month-twice = { $month } 这个月写了两次
    .about = 同一个月写了两次
    .remove = 请删掉其中一条；如果是另一个月，请把月份改过来
    .first = 第一次写在这里

## 个人信息和发布时间

missing-basis = { $reason ->
        [type] 没有写“{ $field }”可以公开多少，网页上已隐去一部分
        [photo] “{ $field }”也没有放到网页上，因为公开这条记录里的人没有写依据
       *[basis] 公开“{ $field }”没有写依据，网页上已隐去一部分
    }
    .about = 公开个人信息没有写依据
    .add = 有依据的，请在这条记录或文件开头写 basis（公开依据）：本人同意、法定公开或履行职务；前两种还要写 basis_reference（依据文号）和 basis_date（依据日期）
    .declare = 请在这个列表的声明里，在这一项后面写明：一直这样隐去写 privacy: masked；是工作用的写 work: true；有依据就全部公开写 privacy: public
    .photo = 给人补上公开依据，照片就会放出来
    .cell = 有依据的，请在这一行填好“公开依据、依据文号、依据日期”
    .column = 有依据的，请在表头加上“公开依据、依据文号、依据日期”三列，并在这一行填好
incomplete-basis = 公开依据不完整，按没有依据处理
    .about = 公开依据不完整
    .add = 请再写 basis_reference（依据文号，例如同意书的编号）和 basis_date（依据日期）
future-date = { $kind ->
        [checked] 检查附件的日期 { $date } 还没有到
        [updated] 更新或者更正的日期 { $date } 还没有到
        [basis] 依据日期 { $date } 还没有到，在那天以前按没有依据处理
       *[withdrawn] 撤回日期 { $date } 还没有到，在那天以前姓名照常公开
    }
    .about = 公开依据、撤回、更新或者检查附件的日期还没有到
    .basis = 请检查年份；已经签好的同意书，写签好的那一天
    .checked = 请检查年份；checked_on 写真正打开附件检查的那一天
    .updated = 请检查年份；updated 写真正改动的那一天
    .withdrawn = 请检查年份；现在就要撤下的，写今天的日期
far-date = 日期 { $date } 在一年以后
    .about = 日期在一年以后
    .check = 请检查年份
    .checked = 请检查年份；checked_on 写真正打开附件检查的那一天
names-rule = { $names ->
    [full] 全名（full）
    [masked] 部分隐去（masked）
   *[surname] 只留姓氏（surname）
}
looser-names = 规定姓名按“{ names-rule }”公开，这里不能放宽
    .about = 姓名的公开方式比网站的规定宽
    .remove = 请删掉 names 这一行；要放宽，请改栏目声明里的 names 或 site.toml 里 [privacy] 的 names
unknown-holidays = 期限算到了 { $year } 年，那一年的放假安排还不知道，先按周一到周五上班计算
    .about = 不知道那一年的放假安排
    .add = 国务院办公厅公布放假安排以后，请把那一年写进网站文件夹里的 holidays.yaml
withdrawn-name = 这里写着一个姓名，别处有同名的人已经撤回公开
    .about = 别处撤回公开的姓名写在这里
    .allow = 如果是同一个人，请把姓名删掉，或者在这条记录里也写上 withdrawn（撤回日期）；如果只是同名，请在这里写 allow: [name]（允许出现：同名），并在 allow_reason（允许理由）里写明
    .column = 如果是同一个人，请把姓名删掉，或者在表头加上“撤回日期”一列并填好；如果只是同名，请在表头加上“允许出现”“允许理由”两列，这一行填“同名”和理由
    .remove = 如果是同一个人，请把姓名删掉，或改成“王某某”；如果只是同名，请在通知开头写 allow: [name]（允许出现：同名），并在 allow_reason（允许理由）里写明
    .withdrawn = 撤回写在这里
withdrawn-name-in-output = 网页“{ $page }”上有已经撤回公开的人的姓名，记录和通知里都没有写
    .about = 网页上有已经撤回公开的姓名，记录和通知里却没有写
    .remove = 请在 place.yaml、site.toml、栏目声明或外观主题里把姓名删掉
id-number = 这里写了身份证号码
    .about = 公开内容里有身份证号码
    .remove = 请删掉；身份证号码不能公开，也不用写在这里
    .rename = 请给文件改名，文件名里不能有身份证号码
bank-card = 这里写了银行卡号
    .about = 公开内容里有银行卡号
    .remove = 请删掉，个人的卡号不能公开；确实是单位的账号，在通知最前面写“allow: [单位账号]”和“allow_reason: 是哪个单位的什么账号”
    .rename = 请给文件改名，文件名里不能有银行卡号
personal-data = 这里写了{ personal-kind }
    .about = 公开内容里有个人信息
    .remove = 是个人的，请删掉或改用办公电话、单位地址；{ office-mobile }确实可以公开的，请在通知开头写 allow: [{ $kind }] 和 allow_reason（理由）
    .office = 请删掉，或改用办公电话、单位地址
    .field = 是个人的，请删掉或改用办公电话、单位地址；{ office-mobile }这一项确实可以公开的，请在栏目的声明里给它写 allow: [{ $kind }] 和 reason（理由）
    .rename = 请给文件改名，文件名里不要有个人信息
sensitive-name = { $attribute ->
        [welfare] 姓名和救助、补助、困难情况写在一起
        [disability] 姓名和残疾情况写在一起
        [illness] 姓名和病情、健康情况写在一起
        [petition] 姓名和信访、举报、投诉写在一起
        [correction] 姓名和矫正、违法情况写在一起
        [debt] 姓名和欠费、债务写在一起
        [account] 姓名和账户、收入、补偿写在一起
        [dispute] 姓名和纠纷、家事写在一起
        [minor] 姓名和未成年人情况写在一起
       *[other] 姓名和不宜公开的情况（{ $attribute }）写在一起
    }
    .about = 公开内容里姓名和敏感情况写在一起
    .remove = 请删掉姓名，或改成“王某某”；本人同意或者依法应当公开的，请在通知开头写 basis（公开依据，只能是“本人同意”或“法定公开”）、basis_reference（依据文号）和 basis_date（依据日期）；确实可以公开的，请写 allow: [sensitive] 和 allow_reason（理由）
    .office = 请删掉姓名，或改成“王某某”
    .field = 请删掉姓名，或改成“王某某”；本人同意或者依法应当公开的，请给这条记录写 basis（公开依据，只能是“本人同意”或“法定公开”）、basis_reference（依据文号）和 basis_date（依据日期）；这一项确实可以公开的，请在栏目的声明里给它写 allow: [sensitive] 和 reason（理由）
    .rename = 请给文件改名，文件名里不要有姓名
personal-data-in-output = 网页“{ $page }”上有{ personal-kind }，内容文件里却没有写
    .about = 网页上出现了内容文件里没有的个人信息
    .fix = 请检查外观主题的模板，或者正文里被符号隔开的号码，并删掉
image-metadata = { $place ->
        [yes] { $names ->
            [none] 照片里存有拍摄地点
           *[other] 照片里存有拍摄地点和姓名（{ $names }）
        }
       *[no] 照片里存有姓名（{ $names }）
    }，发布时会自动去掉
    .about = 照片里存有拍摄地点或姓名
    .clean = 网站上不会有；如果内容文件夹也给别人看，请换成去掉这些信息的照片
generated-portrait = “{ $field }”这张图片带有 AI 生成的标识，看的人会当成本人的照片
    .about = 用 AI 生成的图片当人物照片
    .replace = 请换成本人的真实照片，或者不放照片
image-too-large = 这张图片有 { $width } × { $height } 像素，太大了，读不了，没有发布
    .about = 图片像素太多
    .smaller = 请用看图软件打开，把尺寸改小到 4000 × 4000 像素以内，另存后再放进来
unreadable-image = { $reason ->
    [heic] 这是苹果手机的照片格式（HEIC），网页显示不了，没有发布
    [bmp] 这是位图（BMP），网页不用这种格式，没有发布
    [tiff] 这是扫描件常用的格式（TIFF），网页显示不了，没有发布
    [drawing] 这个文件里是文字或者矢量图（SVG），名字却是照片的，没有发布
    [pixels] 这是照片，名字却是矢量图的（.svg），没有发布
   *[broken] 这个文件不是完整的图片，没有发布
}
    .about = 图片读不出来
    .broken = 请用看图软件打开看看，重新保存成 JPG 或 PNG 再放进来
    .heic = 请在电脑上用看图软件打开它，另存为 JPEG（.jpg）再放进来，只改名字不行；手机“设置、相机、格式”里选“兼容性最佳”，以后拍的就都是 JPG
    .bmp = 请用“画图”打开，另存为 JPEG（.jpg）再放进来，只改名字不行
    .tiff = 请用看图软件打开，另存为 JPEG（.jpg）再放进来，只改名字不行
    .drawing = 如果是矢量图，请把文件名的末尾改成 .svg，用到它的地方也改成一样；不是的话，请换上对的图片
    .pixels = 请把文件名的末尾改成 .jpg 或 .png，用到它的地方也改成一样
hidden = { $reason ->
        [draft] 草稿，没有发布
        [early] 到 { $moment } 才发布
        [over] 发布期已于 { $moment } 结束
       *[withdrawn] 本人已于 { $moment } 撤回，不再公开
    }
    .about = 没有发布的记录或通知

## 栏目的规定

undeclared-field = 这个栏目的 fields 里没有“{ $field }”这一项
    .about = 栏目里没有规定这一项
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 已经规定的项：{ $known }
unfit-field = “{ $field }”（{ type-name }）不能这样用
    .about = 这一项不能这样用
    .wanted = 请换一项，或者改“{ $field }”的 type，可以用的有：{ types-wanted }
    .public = 它从不公开；请换成公开的项，整个栏目至少要有一项公开
    .impersonal = 这里不能用涉及个人的项（姓名、电话、住址等），因为会出现在网址里，或者隐去以后分不清；请换一项
    .one-group = 一个统计项里只能用一种可以有几份的组合，比如都用“联系人”的；要统计两种，请分成两个统计项
    .reference = 引用的记录不一定公开，不能用在网址和分组统计里；请换一项
    .maskable = privacy: masked 只能用于人名、电话、邮箱、住址、文字和图片；请写 public 或 internal
    .numbered = numbered 只能用于 type: text、several: true 的项；请删掉这一行，或者补上它们
    .internal = 身份证号从不公开；请写 privacy: internal，或者删掉这一行
unfit-reference = { $reason ->
    [unknown] “{ $field }”引用的栏目“{ $to }”不存在
    [no-key] “{ $field }”引用的栏目“{ $to }”没有写 key，认不出是哪一条记录
   *[part] “{ $field }”引用的栏目“{ $to }”靠“{ $part }”认记录，这一项不能写到别处去
}
    .about = 这个栏目的记录不能引用
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 现有的栏目：{ $known }
    .key = 请在“{ $to }”的栏目声明里加一行 key，写明哪一项认得出一条记录，例如 key: [number]
    .part = 请给“{ $to }”加一项编号，把它的 key 改成编号；key 里不能有人名、电话、住址、不公开的项、地点、图片、文章、引用，也不能有可以写几个内容的项
    .declared = 那个栏目的声明在这里
bad-name = “{ $name }”不能当名字用
    .about = 不能当名字用
    .letters = 名字只能用小写英文字母、数字和减号，以字母开头，例如 flag-raising
    .reserved = 每条记录都可以写“{ $name }”，它管的是发布；请给这一项换一个名字
    .file = 请给文件改名，只用小写英文字母、数字和减号，以字母开头，例如 flag-raising.yaml
suppressed-condition = 这里按数目挑选记录，可是小的数目不公开，算不出来
    .about = 统计要按不公开的小数目挑选
    .zero = 请删掉这样的条件，或者只问是不是 0；要按数目挑选，请去掉 suppress
typed-total = “{ $field }”总是{ $kind ->
    [share-of] “{ $parts }”两项的百分比
   *[total-of] “{ $parts }”相加的数
}，从它能算出不公开的小数目
    .about = 从合计或百分比能算出不公开的小数目
    .declare = 请在“{ $name }”里加上 { $key }，小数目不公开时它也不公开；如果只是碰巧相等，可以不管
    .delete = 合计由程序来算，请把“{ $field }”从记录里删掉；如果只是碰巧相等，可以不管

## 网页

path-conflict = 有两处内容都要做成网页“{ $path }”
    .about = 两处内容要做成同一个网页
    .rename = 请给其中一个文件改名；如果是同一个文件里的两条，请把编号、名称等改得不一样
    .composed = 两个名字看起来一样，在电脑里存的不一样：多余的一份请删掉；两份都要的，请给其中一份改名
    .fields = 每条记录的网址由“{ $fields }”组成：请让它们不同，或者在其中一条里写 slug: 网址名，也可以在声明的 record-pages 里再加一项
    .alias = 这是现在就有的网页的网址，不能再当原网址（aliases），请删掉这一条
    .aliases = 两处都说这是自己的原网址（aliases），但它只能转到一处；请在另一处删掉
    .output = 这个文件由程序生成；想用自己的，请在 site.toml 的 [outputs] 下面写 { $output } = false
    .other = 另一处在这里

bad-address = { $reason ->
        [encoded] 这个原网址用 % 加数字的写法写了个人信息
        [twice] 原网址“{ $value }”写了两遍
        [withdrawn] 原网址“{ $value }”上的内容已经撤回，不能再打开
        [taken] 网页“{ $value }”占用了已撤回内容的网址，那个网址不能再打开
       *[other] 网址“{ $value }”不能用
    }
    .about = 网址名或者原网址不能用
    .slug = 网址名只用小写字母、数字、汉字和 -，请写成“{ $meant }”这样
    .letters = 请换一个网址名，只用小写字母、数字、汉字和 -
    .query = 问号和 # 后面的部分转不过来；请只写前面那一段，不行就删掉这一条
    .kind = 只有以 / 结尾的网址和 .html、.htm、.shtml 的网址能转过来；请删掉这一条，请管服务器的人设置
    .home = 这是首页的网址；请写那一页原来的网址，比如 /tongzhi/2025/11/3.html
    .name = 请从浏览器里把原来的网址重新复制过来，比如 /tongzhi/2025/11/3.html
    .root = 首页没有网址名，请删掉这一行
    .file = 网址是每一条自己的，请写到那一条里面
    .no-page = 这个列表里的每一条没有单独的网页，请删掉；要有，请在列表的声明里写 record-pages
    .encoded = 请删掉这一条
    .twice = 请删掉其中一条；大小写不同也算同一个网址
    .withdrawn = 请删掉这一条
    .taken = 请给这一页换一个网址：改文件名，或者写另一个 slug（网址名）
    .gone = 撤回的内容在这里

output-differs = { $kind ->
    [missing] 发布的这个文件不见了
    [extra] 这不是发布的内容
   *[changed] 这里的内容和发布时不一样
}
    .about = 发布的内容被动过
    .missing = 请重新生成网站
    .extra = 有用就移到别处，没用就删掉
    .changed = 请重新生成网站；如果不是自己人改的，请查一查谁能改动这里

data-columns = { $kind ->
    [gone] { $table } 的数据以前有 { $column } 这一栏，现在没有了
    [moved] { $table } 的数据里，{ $column } 这一栏的位置和以前不一样
    [inserted] { $table } 的数据里，新的一栏 { $column } 插在了原有各栏的中间
    [type] { $table } 的数据里，{ $column } 这一栏的类型和以前不一样
   *[table] 以前可以下载 { $table } 的数据，现在没有了
}
    .about = 下载的数据，栏和以前的不一样
    .gone = 别人的程序还在读这一栏：请在声明里把这一项加回来；确实不要了，请先告诉用数据的人
    .moved = 请把新加的项写到声明里各项的最后，其他各项的先后和以前一样
    .inserted = 请把新加的这一项移到声明里各项的最后
    .type = 别人的程序按以前的类型读它：请把类型改回来，新的写法另起一个名字，写到最后
    .table = 别人的程序还在读它：请把声明或记录加回来；确实不要了，请先告诉用数据的人

## site.toml 和外观主题

toml-syntax = 格式不对，从这里读不下去
    .about = site.toml 的格式不对
    .quote = 文字的前后要加上英文双引号，例如 title = "宽城邻里"
    .quotes = 把中文引号改成英文双引号，例如 title = "宽城邻里"
    .equals = 设置名和内容之间用等号，例如 title = "宽城邻里"
    .key = 等号左边只能写规定好的英文名字，例如 title = "宽城邻里"
    .name = 中文的名字前后要加英文双引号，例如 "巡查日期" = "date"
    .parser = 请照写得对的几行改；改不好，就把这句话告诉技术人员：{ $reason }
unknown-setting = 没有“{ $setting }”这个设置
    .about = 没有这个设置
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 可以写的设置：{ $known }
faint-colour = { $mode ->
        [dark] 深色模式里，
       *[light] {""}
    }“{ $words }”色的字在“{ $ground }”色上看不清：对比只有 { $ratio }
    .about = 颜色太接近，字看不清
    .change = 对比至少要 4.5：请把“{ $setting }”改得更深或更浅
bad-setting = “{ $setting }”这个设置写得不对
    .about = 设置写得不对
    .value = 请写成 { $setting } = "{ $reason }" 这样
    .hosts = netlify 和 cloudflare 读的是同样的文件，而 cloudflare 没有“已撤下”（410）和整个地方搬走的规则，所以两家都没有写这些规则；请只写实际使用的那一家
    .switch = 要，就写 { $setting } = true；不要，就写 { $setting } = false
    .source = 请写成 { $setting } = ["https://a.example.cn"] 这样，只能写 https:// 开头的网址、'self'（本网站），或者程序代码的 'sha256-…'
    .secret = site.toml 很多人能看到，密码、密钥不能写在里面：请写在用到它的程序（ssh、git）的设置里，或者自动流程的保密设置里
    .target = 一个发布地点只能是一处，文件夹（folder）、分支（git）或者存储桶（s3）：只留一个，另一个请另写一个 [publish.名字]
    .id = 只能用英文字母、数字、“-”和“.”，例如 id = "xingfu.example.cn"；写定以后不要再改
    .format = 这个程序只认得 format = { $known }；请写 format = { $known }，或者换用新版的 linli
security-expired = { $kind ->
        [far] security.txt 里的联系方式写到 { $date } 有效，超过一年了
       *[past] security.txt 里的联系方式只写到 { $date } 有效，已经过期了
    }
    .about = security.txt 过期了
    .sooner = 有效期太长，别人的程序不认；请把 expires 改成一年以内的日期，到期再核对一遍联系方式
    .renew = 请看看联系方式还对不对，再把 expires 改成一年以内的日期
unknown-theme = 没有叫“{ $theme }”的外观主题
    .about = 没有这个外观主题
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 现有的外观主题：{ $known }
theme-circle = 外观主题绕成了一圈：{ $chain }
    .about = 外观主题绕成了一圈
    .break = 请在其中一个主题里删掉 extends 那一行
template-page = { $page ->
    [home] 首页
    [place] 各地方的页面
    [subscribe] 订阅页面
    [notice] 通知公告的页面
    [record] 单条记录的页面
    [section] 栏目的页面
    [subtree] 汇总所属各处的列表
    [notices] 通知公告列表
    [page] 长期网页
    [not-found] 网址不存在时的页面
   *[other] 显示方式为 { $page } 的记录列表
}
missing-template = 外观主题“{ $theme }”缺少模板，用来做：{ template-page }
    .about = 外观主题缺少网页要用的模板
    .add = 请加上 { $file }，或者在 theme.toml 里写 extends = "default"，缺少的就都用默认主题的
    .view = 请加上 { $file }（只给这一种记录用的，叫 { $own }），或者在 theme.toml 里写 extends = "default"，缺少的就都用默认主题的
    .switch = 请加上 { $file }，或者在 theme.toml 里写 extends = "default"，缺少的就都用默认主题的；不需要这种页面的，在 site.toml 的 [pages] 下面写 { $switch } = false
words-usage = { $usage ->
    [dates] 日期
   *[titles] 网页标题
}
missing-words = 外观主题“{ $theme }”缺少写{ words-usage }要用的文字：{ $words }
    .about = 外观主题缺少网页要用的文字
    .add = 请写进 { $file }，一句一行，写成“名字 = 文字”，或者在 theme.toml 里写 extends = "default"，缺少的就都用默认主题的
template-error = 网页模板有错（{ $reason }）
    .about = 网页模板有错
    .fix = 请改正模板的这一处；主题里写了 extends 的，删掉这个文件就改用上一级主题的
    .page = 这是做网页“{ $page }”时出的错；请改正模板的这一处
inline-code = { $what ->
    [script] 网页里直接写的程序（script）不会运行
    [style] 网页里直接写的样式（style）不起作用
    [javascript] “javascript:”开头的链接不会运行
   *[other] “{ $what }”里写的样式或程序不起作用
}，网页的安全规则不允许
    .about = 模板里直接写了程序或样式
    .move = 请把样式写进主题 static 文件夹里的 .css 文件，程序写进 .js 文件，再从模板里引用；引用 .js 的，要在 site.toml 里加两行：[security.csp] 和 script-src = ["'self'"]
blocked-source = 网页不会加载这里的内容，网页的安全规则（{ $what }）不允许
    .about = 模板要加载安全规则不允许的内容
    .allow = 请把文件放进主题的 static 文件夹；确实要用的，请在 site.toml 里加两行：[security.csp] 和 { $what } = ["…"]，引号里写 'self'（本网站）或者 https:// 开头的网址
    .never = 请删掉这一处，网页里不能用它
    .image = 请把图片保存下来，放进这个文件所在的文件夹，只写文件名；确实要用那边的，请在 site.toml 里加两行：[security.csp] 和 img-src = ["https://…"]
template-limit = { $limit ->
    [page] 用这个模板生成的网页“{ $page }”超过了 64 MB
    [turns] 用这个模板生成网页“{ $page }”要走几百万步
   *[text] 生成网页“{ $page }”时，这个模板拼出的文字超过了 1 MB，或者拼得太多
}
    .about = 模板生成的内容太多
    .page = 如果是这一页的列表太长，请在栏目里写上 `page-size`，比如 `page-size: 100`；否则请检查模板里的循环是不是写得太多
    .turns = 请检查这里的循环是不是一层套一层，并让每层少循环几次
    .text = 请检查这里是不是把一段文字和它自己反复拼接
theme-text = 外观主题的文字文件写得不对（{ $reason }）
    .about = 外观主题的文字文件写得不对
    .fix = 请一句一行，写成“名字 = 文字”，例如 home = 首页

## 程序自身

internal = 程序自身出错：{ $reason }
    .about = 程序自身的错误
    .report = 这不是您的文件有错，请把这条信息告诉 Linli 的开发者
