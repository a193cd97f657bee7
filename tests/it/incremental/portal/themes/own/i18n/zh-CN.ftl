places = 找地方
all-notices = 全部通知
