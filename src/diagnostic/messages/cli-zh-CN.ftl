### 程序自己说的话：检查和生成的结果、进度、命令的说明。

## 错误和警告的样子

error = 错误
warning = 警告
note = 说明
help = 建议
labelled = { $label }：{ $text }
through-line = 到第 { $line } 行为止
site-folder = 网站的文件夹，site.toml 就在这里

## 结果

checked = 检查了 { $files } 个文件：{ $errors } 个错误，{ $warnings } 个警告
