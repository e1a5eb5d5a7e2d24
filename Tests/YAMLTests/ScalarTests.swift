import Testing
import YAML

@Suite struct `YAML scalars` {
    @Test(
        arguments: [
            ("yes", "true"), ("No", "false"), ("on", "true"), ("OFF", "false"), ("y", "true"),
            ("N", "false"), ("true", "true"), ("tRue", "'tRue'"), ("~", "null"),
            ("Null", "null"), ("nil", "'nil'"), ("12", "12"), ("+12", "12"), ("-12", "-12"),
            ("0755", "493"), ("0o17", "15"), ("0x1F", "31"), ("-0b101", "-5"), ("0899", "899"),
            ("1_000", "1000"), ("80.0", "80"), ("8e1", "80"), ("1.5", "~1.5"), (".5", "~.5"),
            ("1e-2", "~1e-2"), (".", "'.'"), ("-", "[null]"), ("+", "'+'"), ("..5", "'..5'"),
            ("1.2.3.4", "'1.2.3.4'"), ("1:30", "'1:30'"), ("2001-01-01", "'2001-01-01'"),
            ("2001-01-01T00:00:00Z", "'2001-01-01T00:00:00Z'"), ("0x", "'0x'"), ("1e", "'1e'"),
            ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("9223372036854775808", "~9223372036854775808"), ("0x-1", "'0x-1'"), ("--1", "'--1'"),
        ])
    func `plain text means what it means to Kubernetes`(text: String, value: String) {
        #expect(read(text) == [value])
    }

    @Test(
        arguments: [
            ("'yes'", "'yes'"), ("\"12\"", "'12'"), ("|\n  12", "'12'"), (">-\n  a\n  b", "'a b'"),
            ("!!str 12", "'12'"), ("! 12", "'12'"), ("!!int '12'", "12"), ("!!float 12", "12"),
            ("!!bool 'on'", "true"), ("!!null ''", "null"), ("!own 12", "'12'"),
            ("\"a\\tb\\u00e9\"", "'a\tb\u{e9}'"),
        ])
    func `quotes and tags decide`(text: String, value: String) { #expect(read(text) == [value]) }

    @Test(
        arguments: [
            (".inf", ".inf is no number that JSON has; put text in quotes"),
            ("-.INF", "-.INF is no number that JSON has; put text in quotes"),
            ("!!int x", "the value is not what its tag !!int says"),
            ("!!binary aGk=", "the tag !!binary is not supported"),
        ])
    func `what JSON cannot hold is refused`(text: String, problem: String) {
        #expect(read("a: \(text)") == ["! line 1, column 4: \(problem)"])
    }

    @Test(
        arguments: [
            ("80: a", "{80:'a'}"), ("a:", "{a:null}"), ("0x50: a", "{80:'a'}"),
            ("on: a", "{true:'a'}"),
            ("'80': a", "{80:'a'}"), ("\"<<\": a", "{<<:'a'}"),
        ])
    func `keys become text`(text: String, value: String) { #expect(read(text) == [value]) }

    @Test(
        arguments: [
            "~: a", "1.5: a", "? [a]\n: b", "? {a: b}\n: c", "a: &x 1\nb:\n  *x : c",
        ])
    func `a key that is no text is refused`(text: String) throws {
        let result = try #require(read(text).first)
        #expect(result.contains("a key must be text"))
    }
}
