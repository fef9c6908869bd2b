package api

var scoreboards = []scenario{
	{url: "/api/villages/scoreboard", json: []string{
		`rows/# = 4`, `rows/0/code = "35.07.01.2001"`, `rows/0/products = 1`, `rows/0/destinations = 1`, `rows/0/signal_class = "SERVED"`, `rows/0/road_condition = "good"`,
		`rows/0/missing = []`, `rows/0/words = "1 produk, 1 destinasi, sinyal 4G ada, jalan baik."`,
		`rows/1/missing = ["product"]`, `rows/2/destinations = 1`, `rows/3/signal_class = "BLANK"`, `rows/3/unknown = ["road"]`, `rows/3/missing = ["product","destination","signal"]`,
		`totals/villages = 4`, `totals/complete = 1`, `totals/missing/product = 3`, `totals/unknown/road = 1`, `by_district/# = 2`,
	}},
	{url: "/api/villages/scoreboard?district=35.07.02&lang=en", json: []string{`rows/# = 2`, `rows/1/words = "No product yet, no destination yet, no 4G signal, road condition not known."`}},
	{url: "/api/villages/scoreboard?missing=product,destination", json: []string{`rows/# = 1`}},
	{url: "/api/villages/scoreboard?f=csv", want: []string{"Content-Type: text/csv; charset=utf-8"}, body: []string{"code,name,district_code,", "35.07.01.2001,Donomulyo,35.07.01,Donomulyo,1,1,SERVED,good,"}},
	{url: "/api/villages/scoreboard?district=99", status: 400, json: []string{`parameter = "district"`, `allowed = ["35.07.01","35.07.02"]`}},
	{url: "/api/villages/scoreboard?missing=money", status: 400},
	{url: "/api/villages/scoreboard?lang=xx", status: 400},
	{url: "/api/villages/scoreboard?q=1", status: 400},
}
