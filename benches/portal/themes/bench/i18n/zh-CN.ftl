# The words that the program itself asks for. Pages that are switched off need none.
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
list-title = { $list } · { $place }
list-part-title = { $list }（{ $part }） · { $place }
latest-part = 最近
place-description = { $place }的通知公告、近期安排、联系电话和公开记录。
