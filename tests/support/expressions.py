"""Expressions and what they come to: one table for the server and the browser."""

from datetime import date

TODAY = date(2023, 5, 30)
ANSWERS = {
    "S2": "4", "X2": "1 3 7", "Age": "35", "Half": "0.5", "Day": "2023-05-01", "Name": "Nguyễn Ơ", "Na": "na",
    "Zero": "0", "Space": "1 2", "Huge": "9" * 30,
}
CURRENT = "12.5"
CASES: list[tuple[str, str]] = [
    # answers and texts
    ("${S2} != '4'", "false"), ("${S2} = '4'", "true"), ("${ S2 } = \"4\"", "true"), ("${S2} = 4", "true"),
    ("${Missing}", ""), ("${Missing} = ''", "true"), ("${Missing} != '4'", "true"), ("${Missing} != 4", "true"),
    ("${Missing} = 4", "false"), ("${Missing} < 4", "false"), ("${Missing} >= 0", "false"), ("${Na} < 3", "false"),
    ("${Na} = 'na'", "true"), ("'04' = '4'", "false"), ("'04' = 4", "true"), ("'a' = \"a\"", "true"), (".", "12.5"),
    ("'Tiếng Việt'", "Tiếng Việt"), ("'o' = 'ô'", "false"), ("'\"'", '"'), ('"\'"', "'"),
    # numbers
    ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("2 - 3 - 4", "-5"), ("- 2 + 5", "3"), ("--2", "2"), ("2--2", "4"),
    ("0.1 + 0.2 = 0.3", "true"), ("0.1 + 0.2", "0.3"), ("1.10", "1.1"), (".5", "0.5"), ("5.", "5"), ("007", "7"),
    ("7 div 2", "3.5"), ("1 div 3", "0.333333333333"), ("2 div 3", "0.666666666667"), ("-2 div 3", "-0.666666666667"),
    ("1 div 0", "NaN"), ("0 div 0", "NaN"), ("1 div 0 = 1 div 0", "false"), ("1 div 0 != 1", "true"),
    ("5 mod 3", "2"), ("-5 mod 3", "-2"), ("5 mod -3", "2"), ("5.5 mod 2", "1.5"), ("5 mod 0", "NaN"),
    ("0.000001 * 0.000001", "0.000000000001"), ("0.000001 * 0.0000001", "0"),
    ("0.000001 * 0.0000005", "0.000000000001"),
    ("0.000001 * -0.0000005", "-0.000000000001"), ("${Huge} + 1", "NaN"), ("${Huge} * 10", "NaN"),
    ("${Huge} - 1", "9" * 29 + "8"), ("${Age} * 2", "70"), ("${Half} + ${Half}", "1"), ("'x' + 1", "NaN"),
    ("true() + 1", "2"), ("' 5 ' + 1", "6"), ("'1e3' + 0", "NaN"), ("'+5' + 0", "NaN"), ("'5,5' + 0", "NaN"),
    ("'-' + 0", "NaN"), ("'.' + 0", "NaN"), ("'' + 0", "NaN"), ("0 - 0", "0"), ("-0", "0"), ("1=1=1", "true"),
    ("0.1234567890129", "0.123456789012"), ("'\u0663' + 0", "NaN"),
    # comparisons
    ("${Age} >= 18 and ${Age} < 60", "true"), ("1 < 2 < 3", "true"), ("3 > 2 > 1", "false"), ("2 <= 2", "true"),
    ("2 > 2", "false"), ("'b' > 'a'", "false"), ("true() = 1", "true"), ("true() = 'x'", "true"),
    ("false() = ''", "true"), ("true() > false()", "true"), (". > 12 and . <= 12.5", "true"), ("'10' < '9'", "false"),
    # days
    ("${Day} <= today()", "true"), ("${Day} > today()", "false"), ("${Day} >= '2023-05-01'", "true"),
    ("today() - ${Day}", "29"), ("${Day} = '2023-05-01'", "true"), ("today()", "2023-05-30"),
    ("'1970-01-02' + 0", "1"), ("'1969-12-31' + 0", "-1"), ("'2023-02-29' + 0", "NaN"), ("'2024-02-29' + 0", "19782"),
    ("'0999-01-01' + 0", "NaN"), ("'1000-01-01' + 0", "-354285"), ("'2023-5-1' + 0", "NaN"),
    ("number(today()) > 19000", "true"),
    ("'2023-13-01' + 0", "NaN"), ("'2023-00-10' + 0", "NaN"), ("'9999-12-31' + 0", "2932896"),
    # yes and no
    ("true() or false() and false()", "true"), ("(true() or false()) and false()", "false"),
    ("not(${Missing})", "true"),
    ("not(${Zero})", "false"), ("not(0)", "true"), ("not(0.0)", "true"), ("not('false')", "false"),
    ("not(1 div 0)", "true"), ("'a' or ''", "true"), ("'' or 0", "false"), ("1 and 'x'", "true"), (". and(1)", "true"),
    ("not(not('x'))", "true"), ("1 or 1 div 0", "true"),
    # functions
    ("selected(${X2}, '3')", "true"), ("selected(${X2}, 3)", "true"), ("selected(${X2}, '2')", "false"),
    ("selected(${X2}, ' 7 ')", "true"), ("selected(${X2}, '')", "false"), ("selected(${Missing}, '')", "false"),
    ("selected(${Space}, '1 2')", "false"), ("selected(${S2}, '4')", "true"),
    ("count-selected(${X2})", "3"), ("count-selected(${Missing})", "0"), ("count-selected(${X2}) - 1", "2"),
    ("if(${S2} = '4', 'a', 'b')", "a"), ("if(0, 1 div 0, 2)", "2"), ("if('x', 1, 2) + 1", "2"),
    ("coalesce(${Missing}, ${S2})", "4"), ("coalesce(${S2}, 'x')", "4"), ("coalesce('', '')", ""),
    ("coalesce(0, 5)", "0"), ("coalesce(false(), 5)", "false"),
    ("string-length('đường')", "5"), ("string-length('😀')", "1"), ("string-length('')", "0"),
    ("string-length(1.50)", "3"), ("string-length(${Name})", "8"),
    ("int(2.9)", "2"), ("int(-2.9)", "-2"), ("int('x')", "NaN"), ("int(${Half})", "0"),
    ("round(2.5)", "3"), ("round(-2.5)", "-2"), ("round(-2.51)", "-3"), ("round(2.345, 2)", "2.35"),
    ("round(2.344, 2)", "2.34"), ("round(2.345, 13)", "NaN"), ("round(2.345, -1)", "NaN"), ("round(2.345, 0.5)", "NaN"),
    ("round('x')", "NaN"), ("round(2.5, 'x')", "NaN"), ("round(1.000000000001, 12)", "1.000000000001"),
    ("number('12') + 1", "13"), ("number('')", "NaN"), ("number(true())", "1"), ("number(false())", "0"),
    ("true()", "true"), ("false()", "false"), ("\ttrue\n(\n)", "true"), ("-(1 + 1)", "-2"), ("-'x'", "NaN"),
]
"""An expression and its value as a text."""

__all__ = ["ANSWERS", "CASES", "CURRENT", "TODAY"]
