list-title = { $list }
format-year = { $year }
format-month = { $year }-{ $month }
format-date = { $year }-{ $month }-{ $day }
format-date-short = { $month }-{ $day }
