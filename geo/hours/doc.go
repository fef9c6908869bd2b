// Package hours reads opening hours in OpenStreetMap's syntax and tells whether a
// place is open at a time, and when that changes next.
//
// It knows weekdays and their ranges, the n-th of a month, months and days, years,
// weeks, times also beyond midnight and with an open end, sunrise and sunset, public
// holidays, off and unknown, comments, additional and fallback rules. Times are those of
// Western Indonesia (UTC+7, without daylight saving since 1964). School
// holidays differ from school to school: what hinges on them is unknown.
//
// What it cannot read it refuses with an error that says where; it never guesses.
package hours
