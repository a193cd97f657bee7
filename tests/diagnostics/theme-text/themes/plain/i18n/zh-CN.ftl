home = 首页
通知 = 通知公告
notices 通知
