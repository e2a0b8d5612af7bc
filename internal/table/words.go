package table

import "strings"

// missingWords stand for a missing cell wherever they are.
func missingWords() []string {
	return []string{"na", "n/a", "#n/a", "nan", "null", "?"}
}

// gapsInNumbers stand for a missing cell among numbers; elsewhere they may be
// categories: "none" is a kind of garage.
var gapsInNumbers = []string{"none", "nil", "-", "--", ".", "missing", "unknown", "#value!", "#div/0!", "#ref!", "#num!", "(null)", "<na>"}

// missing tells whether a cell is missing, in whichever column.
func (s *Sheet) missing(cell string) bool { return cell == "" || among(s.Missing, cell) }

func among(words []string, cell string) bool {
	for _, w := range words {
		if strings.EqualFold(w, cell) {
			return true
		}
	}
	return false
}

// isDate tells dates and times of day, however the parts are ordered:
// 2024-01-31, 31.1.2024, 1/31/24, 31 Jan 2024, with or without a time.
func isDate(cell string) bool {
	if len(cell) < 5 || len(cell) > 40 {
		return false
	}
	day, clock, _ := strings.Cut(strings.Replace(cell, "T", " ", 1), " ")
	if isClock(day) {
		return true
	}
	if isDay(day) {
		return clock == "" || isClock(clock)
	}
	return isNamedDay(cell)
}

// isDay tells three numbers with the same sign between them.
func isDay(day string) bool {
	for _, sign := range []string{"-", "/", "."} {
		parts := strings.Split(day, sign)
		if len(parts) != 3 {
			continue
		}
		year := len(parts[0]) == 4 || len(parts[2]) == 4 || len(parts[2]) == 2
		for _, p := range parts {
			if !isDigits(p) || len(p) > 4 || len(p) == 3 {
				return isNamedDay(strings.Join(parts, " "))
			}
		}
		return year && len(parts[1]) <= 2
	}
	return false
}

// isNamedDay tells a day with the name of a month.
func isNamedDay(day string) bool {
	const months = "janfebmaraprmayjunjulaugsepoctnovdec"
	words := strings.FieldsFunc(day, func(r rune) bool { return r == ' ' || r == ',' || r == '-' })
	months3, digits := 0, 0
	for _, w := range words {
		switch {
		case isDigits(w):
			digits++
		case len(w) >= 3 && strings.Index(months, strings.ToLower(w[:3]))%3 == 0:
			months3++
		}
	}
	return months3 == 1 && digits >= 2
}

// isClock tells 12:30 and 12:30:59.5Z.
func isClock(clock string) bool {
	hour, rest, ok := strings.Cut(clock, ":")
	minute, _, _ := strings.Cut(rest, ":")
	return ok && isDigits(hour) && len(hour) <= 2 && len(minute) >= 2 && isDigits(minute[:2])
}
