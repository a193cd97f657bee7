### 文字里的链接、图片和附件。怎么写见 zh-CN.ftl 的开头。

bad-link = { $found ->
    [elsewhere] 链接要打开的“{ $target }”不在这里，在别的文件夹里
   *[no] 链接要打开的“{ $target }”不存在
}
    .about = 链接要打开的文件不存在
    .near = 是不是“{ $near }”？是的话，请改过来
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
unfit-target = { $kind ->
    [heic] “{ $target }”是苹果手机的照片格式（HEIC），网页显示不了
    [bmp] “{ $target }”是位图（BMP），网页不用这种格式
    [tiff] “{ $target }”是扫描件常用的格式（TIFF），网页显示不了
    [jfif] “{ $target }”其实就是 JPG 照片，只是名字的末尾不同
    [page] “{ $target }”是网页，不能当图片放
    [hidden] “{ $target }”不会发布，因为名字以“_”或者点开头
    [disk] “{ $target }”在您自己的电脑或者单位的网络里，别人打不开
    [host] “{ $target }”缺少开头的 https://
   *[file] 文件“{ $target }”有，但不是网站能发布的种类
}
    .about = 链接或图片指向不能发布的东西
    .heic = 请在电脑上用看图软件打开它，另存为 JPEG（.jpg），这里也改成新的名字；手机“设置、相机、格式”里选“兼容性最佳”，以后拍的就都是 JPG
    .bmp = 请用“画图”打开它，另存为 JPEG（.jpg），这里也改成新的名字
    .tiff = 请用看图软件打开它，另存为 JPEG（.jpg），这里也改成新的名字
    .jfif = 请把文件名的末尾改成 .jpg，这里也改成一样
    .page = 想让人点开它，请去掉前面的感叹号，写成 [文字](…)
    .hidden = 要发布的话，请给文件或文件夹改名，去掉开头的“_”或者点
    .disk = 请把文件复制到 content 里这个文件所在的文件夹，这里只写文件名
    .host = 请在前面加上 https://，例如 https://www.example.cn
    .file = 图片请用 .jpg 或 .png；文字内容可以直接写在这里
full-width-brackets = 括号是中文的，这里不会变成链接或图片
    .about = 链接或图片的括号是中文的
    .type = 请换成英文括号，写成 { $meant }
dangerous-url = “{ $scheme }:”开头的链接可能害人，已经去掉
    .about = 可能害人的链接
    .scheme = 请改用 https://、http://、mailto: 或 tel: 开头的链接
