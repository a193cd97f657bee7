### 文字里的链接、图片和附件。怎么写见 zh-CN.ftl 的开头。

bad-link = { $found ->
    [elsewhere] 链接要打开的“{ $target }”不在这里，在别的文件夹里
   *[no] 链接要打开的“{ $target }”不存在
}
    .about = 链接要打开的文件不存在
    .near = 是不是“{ $near }”？是的话，请改过来
    .absolute = 开头是“/”的，从网站的首页写起，例如 /kaixuan/honors/；如果是同一个网址下的别的网站，请让管理员写进 site.toml 的 [links] outside
    .relative = 请从这个文件所在的文件夹写起，上一层文件夹写成 ../，例如 ../honors.yaml
bad-heading = 链接“{ $target }”要跳到的小标题“{ $heading }”不存在
    .about = 链接要跳到的小标题不存在
    .near = 是不是“{ $near }”？是的话，请改过来
    .known = 里面的小标题：{ $known }
missing-image = { $found ->
    [elsewhere] 图片“{ $target }”不在这里，在别的文件夹里
   *[no] 找不到图片“{ $target }”
}
    .about = 找不到图片
    .near = 是不是“{ $near }”？是的话，请改过来
    .copy = 请把图片放进这个文件所在的文件夹，名字写得一模一样，连 .jpg、.png 也要写
    .root = 请把图片放进文件夹 { $folder }，名字和这里写得一模一样
unfit-target = { $kind ->
    [heic] “{ $target }”是苹果手机的照片格式（HEIC），网页显示不了
    [bmp] “{ $target }”是位图（BMP），网页不用这种格式
    [tiff] “{ $target }”是扫描件常用的格式（TIFF），网页显示不了
    [jfif] “{ $target }”其实就是 JPG 照片，只是名字的末尾不同
    [page] “{ $target }”不是图片，不能这样放
    [hidden] “{ $target }”不会发布，因为名字以“_”或者点开头
    [disk] “{ $target }”在您自己的电脑或者单位的网络里，别人打不开
    [host] “{ $target }”缺少开头的 https://
    [off] 文件“{ $target }”有，但这个网站不发布这种附件
    [large] 附件“{ $target }”太大，最大只能到 { $limit }
   *[file] 文件“{ $target }”有，但不是网站能发布的种类
}
    .about = 链接或图片指向不能发布的东西
    .heic = 请在电脑上用看图软件打开它，另存为 JPEG（.jpg），这里也改成新的名字；手机“设置、相机、格式”里选“兼容性最佳”，以后拍的就都是 JPG
    .bmp = 请用“画图”打开它，另存为 JPEG（.jpg），这里也改成新的名字
    .tiff = 请用看图软件打开它，另存为 JPEG（.jpg），这里也改成新的名字
    .jfif = 请把文件名的末尾改成 .jpg，这里也改成一样
    .page = 想让人点开它，请去掉前面的感叹号，写成 [文字](…)
    .image = 请换成图片：.png、.jpg 或 .svg
    .hidden = 要发布的话，请给文件或文件夹改名，去掉开头的“_”或者点
    .disk = 请把文件复制到 content 里这个文件所在的文件夹，这里只写文件名
    .host = 请在前面加上 https://，例如 https://www.example.cn
    .off = 能发布的种类写在 site.toml 的 [attachments] 里，由网站管理员决定
    .large = 请压缩里面的图片，或者拆成几个文件；上限写在 site.toml 的 [attachments] 里
    .file = 图片请用 .jpg 或 .png，附件请用 .docx、.xlsx 或 .pdf；文字内容可以直接写在这里
unchecked-attachment = 附件“{ $target }”{ $kind ->
        [archive] 是压缩包，里面有什么，程序看不到
        [unreadable] 打不开：可能有密码，可能坏了，也可能内容和名字末尾写的种类不一样
        [disguised] 是别的程序的文件，只是名字末尾写成了 .txt 或 .csv
        [encoding] 里的文字用的是哪种编码，程序认不出来
        [formulas] 里有公式，公式的结果没有存在文件里，程序看不到
        [pictures] 里面有图片，图片上的字程序看不到
        [embedded] 里面还嵌着别的文件，程序看不到
        [too-much] 内容太多，程序看不完
       *[kind] 是程序看不懂的格式
    }，还没有人检查过
    .about = 附件没有检查过，里面可能有个人信息
    .look = 请打开它从头看到尾，没有身份证号、电话、住址之类，就在这篇通知最前面的两行“---”之间写三行：“checked_by: 您的姓名”“checked_on: 检查的日期”“checked_files: { $fingerprint }”；文件以后改了，要重新检查；能另存为 .docx 或 .xlsx 的，另存了就不用写
    .notice = 请改从一篇通知里链接它，在通知里写明谁检查过；或者另存为 .docx、.xlsx
leak-in-attachment = { $kind ->
    [withdrawn] 附件里有一个人的姓名，本人已经撤回，不能再公开
    [elsewhere] 附件里有一个人的姓名，同名的人在别处已经撤回，不再公开
    [sensitive] 附件里{ sensitive-name }：{ $places }
    [listed] 这里链接的附件是一份名单，和文章标题、小标题或者链接的文字连起来看，{ sensitive-name }
   *[other] 附件里有{ personal-kind }：{ $places }
}
    .about = 附件里有个人信息
    .remove = 请打开附件删掉，保存好再放进来
    .root = 请用记事本打开这个文件，删掉后保存；_root 里的文件会原样发布，没有通知链接它，也就没有地方写“检查过”
    .drawing = 这是一张 SVG 图，里面的文字谁都能搜到：请用画图软件打开，把这些文字删掉（看不见的图层里也要删），保存好再放进来；确实应该公开的，在用到它的通知最前面写“checked_by: 您的姓名”“checked_on: 检查的日期”“checked_files: { $fingerprint }”
    .name = 请核对：是同一个人的，打开附件删掉姓名，保存好再放进来；是同名的另一个人，在链接它的通知最前面写“checked_by: 您的姓名”“checked_on: 检查的日期”“checked_files: { $fingerprint }”
    .check = 请打开附件删掉，保存好再放进来；确实应该公开的，在链接它的通知最前面写“checked_by: 您的姓名”“checked_on: 检查的日期”“checked_files: { $fingerprint }”
hidden-in-attachment = 附件里有看不见、但别人找得到的东西：{ $kind ->
    [sheet] 隐藏的{ $name }
    [rows] { $name }里隐藏的行
    [columns] { $name }里隐藏的列
    [text] 隐藏的文字
    [slide] 隐藏的第 { $name } 张幻灯片
    [comments] 批注
    [changes] 修订记录，删掉的字还在
   *[author] 作者的姓名（{ $name }）
}
    .about = 附件里有看不见的内容
    .sheet = 请取消隐藏看一看，用不着的删掉
    .rows = 请取消隐藏看一看，用不着的删掉；筛选出来的表，请复制到新表里
    .columns = 请取消隐藏看一看，用不着的删掉
    .text = 请全选文字，取消“隐藏”，看一看，用不着的删掉
    .slide = 请取消隐藏看一看，用不着的删掉
    .comments = 请在“审阅”里删除所有批注
    .changes = 请在“审阅”里点“接受所有修订”，再保存
    .author = 请在“文件、文档加密（信息）、属性”里删掉姓名；不怕别人看到的，不用管
full-width-brackets = 括号是中文的，这里不会变成链接或图片
    .about = 链接或图片的括号是中文的
    .type = 请换成英文括号，写成 { $meant }
dangerous-url = “{ $scheme }:”开头的链接可能害人，已经去掉
    .about = 可能害人的链接
    .scheme = 请改用 https://、http://、mailto: 或 tel: 开头的链接
unsupported-url = 网页上点不开“{ $scheme }:”开头的链接，已经去掉
    .about = 网页上点不开的链接
    .scheme = 请改用 https://、http://、mailto: 或 tel: 开头的链接；地图、微信可以放一张图片，或者写明地址、号码
lost-markup = { $kind ->
    [heading] 这一行没有变成标题，网页上能看到“#”
    [list] 这几行没有变成列表，会连成一行
    [table] 这几行没有变成表格，网页上能看到“|”
    [cells] 这一行比表头多了几格，多的没有显示
    [bold] “**”没有把字变粗，网页上能看到星号
    [link] 这里没有变成链接或图片，网页上能看到括号
    [braces] 网页上能看到这里的大括号
    [indented] 这一段前面空了四格，成了代码的样子，不会自动换行
    [empty] 这个链接没有写网址，点了没有反应
    [notice] 这里像是另一篇通知的开头，现在接在这一篇后面了
    [swallowed] 这一行紧接在表格下面，网页上成了表格的一行
    [numbers] 网页上看到的编号和这里写的不一样：网页从第一个起，一个一个往下数
   *[level] 标题跳级了
}
    .about = 正文的格式没有写对
    .heading = 请在“#”后面空一格，例如“## 停水时间”；就是要写“#”的，请写成 \#
    .list = 请在“-”或者“1.”后面空一格，例如“- 甲”“1. 甲”
    .table = 请在表头下面加一行，一列一个减号，例如 | - | - |
    .cells = 请在表头和它下面一行补上这几列，或者删掉多的格；内容里的“|”请写成 \|
    .bold = 请把两个星号紧挨着要变粗的字，前后一样多，例如 **注意**；就是要写星号的，请写成 \*\*
    .link = 链接写成 [文字](网址)，图片写成 ![说明](文件名)，要用英文的括号，中间不要空格；文件名里有空格的，用尖括号括起来：![说明](<文件 名.jpg>)
    .braces = 这是别的软件的写法，请删掉
    .indented = 请删掉段落前面的空格；要首行缩进的，用两个全角空格
    .empty = 请在圆括号里写上网址或者文件名，例如 [报名表](报名表.docx)；不要链接的话，删掉方括号和圆括号
    .notice = 一个文件只写一篇通知：请把从这里开始的内容剪切到另一个 .md 文件里
    .swallowed = 请在表格和这一行之间空一行
    .numbers = 请按顺序编号；要保留现在的编号，请把这个清单的每一项都改成顿号，后面不空格：{ $numbers }
    .level = 请一级一级写：## 下面用 ###，不要直接用 ####
lost-element = 网页上不会显示 <{ $name }> 里的内容
    .about = 正文里有不会显示的内容
    .link = 请改成链接，例如 [观看视频](https://…)
image-undescribed = 这张图片没有文字说明
    .about = 图片没有文字说明
    .describe = 请在方括号里写上图里是什么，例如 ![二号楼门口的台阶](门口.jpg)；眼睛看不见的人靠它知道图里有什么
unlinked-attachment = { $kind ->
    [missing] 文字里提到“{ $name }”，但没有这个文件
   *[other] 文字里提到“{ $name }”，但没有做成链接
}
    .about = 附件没有做成链接
    .beside = 请写成 [{ $title }]({ $file })；没有链接的文件不会发布
    .missing = 请把文件放到这篇文章旁边，再写成链接，例如 [{ $title }]({ $title }.docx)
    .reference = 请把文件放到这篇文章旁边，再写成链接，例如 附件1：[报名表](报名表.docx)
bad-host = { $kind ->
    [several] “{ $value }”不止一个网站
    [star] “{ $value }”里的星号放错了地方
    [number] “{ $value }”是用数字写的地址
    [address] “{ $value }”不只是网站的名字
   *[name] “{ $value }”不是网站的名字
}
    .about = 应该写网站名字的设置写得不对
    .address = 只写名字：{ $meant }
    .several = 请一个一个分开写：["www.example.cn", "*.example.gov.cn"]
    .star = 星号只能写在最前面，后面跟一个网站的名字：*.example.gov.cn 表示它下面的所有网站
    .number = 请写网站的名字，例如 www.example.cn；数字地址以后可能换成别人的
    .name = 请写成 www.example.cn 这样
wording = { $places ->
    [none] “{ $wrong }”不是本单位规定的写法
   *[other] 附件里有“{ $wrong }”，不是本单位规定的写法：{ $places }
}
    .about = 不是本单位规定的写法
    .write = 请写成“{ $right }”{ $note ->
        [none] {""}
       *[other] ；{ $note }
    }{ $source ->
        [none] {""}
       *[other] （依据：{ $source }）
    }
    .avoid = { $note }{ $source ->
        [none] {""}
       *[other] （依据：{ $source }）
    }
    .list = 词表里的这一行
wording-list = { $kind ->
    [file] wording 文件夹里的“{ $value }”不是词表
    [column] 词表的表头里没有“{ $value }”
    [header] 词表的第一行没有写各列的名字
    [folder] “{ $value }”文件夹没有读
    [beside] “{ $value }”这张词表没有读
    [crossed] “{ $value }”在这一行是正确写法，在另一行又是错误写法
    [exchanged] 这张词表的 { $name } 个错误写法里，有 { $value } 个正在使用
    [wrong] 这一行没有写错误写法
    [right] “{ $value }”没有写正确写法
    [same] “{ $value }”的错误写法和正确写法是一样的
    [long] 这一条太长，词表里只能写词或者短句
    [severity] 级别不能写“{ $value }”
    [twice] “{ $value }”写了两次，正确写法不一样
    [empty] 词表只有表头，下面还没有词
   *[many] 词表里最多只能有 { $value } 条
}
    .about = 词表（wording 文件夹）里有错
    .file = 词表是 .csv 文件：在 WPS 里另存为 CSV；不是词表的文件请移出 wording 文件夹
    .column = 请在表头里加上“{ $value }”（或者 { $name }）；一张词表的表头可以有：错误写法、正确写法、级别、来源、说明
    .header = 请在最上面加一行“错误写法,正确写法,级别,来源,说明”；已经有表头的，请把各列改成这些名字
    .folder = 词表放在 site.toml 旁边名叫 wording 的文件夹里：请把“{ $value }”改名为 wording
    .beside = 请在 site.toml 旁边建一个名叫 wording 的文件夹，把这张词表移进去
    .crossed = 请核对这两行，看看是不是有一行把错误写法和正确写法填反了
    .exchanged = 如果两列填反了，请把表头里的“错误写法”和“正确写法”对调；没有填反的，请改正文字
    .empty = 请在表头下面写词，一行一个；用不着的话，删掉这张表
    .wrong = 请写上要找的词，或者删掉这一行
    .right = 请写上正确写法；没有固定写法的，在“说明”里写该怎么办
    .same = 请改正，或者删掉这一行
    .long = 请只留下写错的那几个字
    .severity = 请写“错误”（有就不能发布）或“警告”（只提醒）；空着就是“警告”
    .twice = 请留下一行，删掉另一行
    .many = 请删掉不常见的
    .first = 前面已经写过
dead-link = 链接“{ $target }”打不开：{ $reason ->
    [status] 对方网站回答 { $status }
    [host] 没有这个网站了
    [connection] 连不上
    [time] 等了很久没有回答
    [certificate] 网站的安全证书有问题
   *[other] 回答的不是网页
}
    .about = 链接打不开
    .gone = 请换成新的网址，或者删掉这个链接
    .look = 请用浏览器点开看看；真打不开，就换成新的网址，或者删掉
moved-link = 链接“{ $target }”转到了别的网站：{ $host }
    .about = 链接转到了别的网站
    .look = 请点开看看：还是原来的单位，就改成新的网址；不是了，请马上删掉，过期的网址常被人买去做赌博网站
changed-title = 链接“{ $target }”的网页换了标题，上次是“{ $before }”，现在是“{ $now }”
    .about = 链接的网页换了标题
    .look = 请点开看看还是不是原来的内容；不是了，请马上删掉，过期的网址常被人买去做赌博网站
