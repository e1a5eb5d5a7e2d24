import FuzzSupport
import Testing

@testable import DNS

@Suite struct `Regular expressions` {
    private func groups(_ pattern: String, _ text: String) throws -> [String?]? {
        let bytes = Array(text.utf8)
        return try Pattern(pattern).groups(in: bytes)?.map { range in
            range.map { String(decoding: bytes[$0], as: UTF8.self) }
        }
    }

    @Test(
        arguments: [
            ("a", "xax", ["a"]), ("^a", "xa", nil), ("a$", "ax", nil), ("^a$", "a", ["a"]),
            ("", "abc", [""]), ("a|b", "cb", ["b"]), ("a|ab", "ab", ["a"]),
            ("(a|ab)(c|bcd)", "abcd", ["abcd", "a", "bcd"]),
            ("a*", "aaa", ["aaa"]), ("a*?", "aaa", [""]), ("a+?b", "aab", ["aab"]),
            ("a?", "b", [""]),
            ("a{2}", "aaa", ["aa"]), ("a{2,}", "aaaa", ["aaaa"]), ("a{1,2}", "aaa", ["aa"]),
            ("a{1,2}?", "aaa", ["a"]),
            ("a{,2}", "a{,2}", ["a{,2}"]), ("x{", "x{", ["x{"]),
            ("(a*)(a*)", "aa", ["aa", "aa", ""]), ("(a)|(b)", "b", ["b", nil, "b"]),
            ("(?:a|b)+", "abac", ["aba"]), ("(a|b)+", "abac", ["aba", "a"]),
            ("(a*)*", "aa", ["aa", "aa"]), ("(?:)*", "x", [""]),
            ("[a-c]+", "xabcd", ["abc"]), ("[^a-c]+", "abxyc", ["xy"]), ("[]a]+", "x]a", ["]a"]),
            ("[a-]+", "b-a", ["-a"]),
            ("[\\d.]+", "a1.2", ["1.2"]), ("[[:alpha:]_]+", "1a_B2", ["a_B"]),
            ("[[:^digit:]]+", "12ab", ["ab"]), ("[^]]", "]x", ["x"]),
            ("\\d+", "a12b", ["12"]), ("\\D+", "12ab", ["ab"]), ("\\w+", "-a_1-", ["a_1"]),
            ("\\W", "a-", ["-"]),
            ("\\s\\S", "a b", [" b"]), ("\\.", "a.b", ["."]), ("a.c", "a\nc", nil),
            ("(?s)a.c", "a\nc", ["a\nc"]),
            ("(?i)aBc", "xAbC", ["AbC"]), ("(?i:a)b", "AB", nil), ("(?i:a)b", "Ab", ["Ab"]),
            ("(?i)a(?-i)b", "Ab", ["Ab"]), ("(?i)[a-b]+", "AB", ["AB"]),
            ("(?m)^b$", "a\nb\nc", ["b"]), ("\\bfoo\\b", "a foo b", ["foo"]),
            ("\\Boo", "foo", ["oo"]), ("\\Aa\\z", "a", ["a"]),
            ("(?P<n>a)(?<m>b)", "ab", ["ab", "a", "b"]), ("\\Qa.b\\E+", "a.bb", ["a.bb"]),
            ("\\x41\\t", "A\t", ["A\t"]),
            ("(?U)a+", "aaa", ["a"]), ("(?U)a+?", "aaa", ["aaa"]), ("é+", "éé", ["éé"]),
            (".*", "é", ["é"]),
            (
                "(.*)-(us-west-1)\\.example\\.org", "ftp-us-west-1.example.org.",
                ["ftp-us-west-1.example.org", "ftp", "us-west-1"]
            ),
            ("^(([^.]+)\\.)+$", "a.b.", ["a.b.", "b.", "b"]), ("(^|x)a", "xa", ["xa", "x"]),
        ] as [(String, String, [String?]?)])
    func `match as RE2 does`(pattern: String, text: String, expected: [String?]?) throws {
        #expect(try groups(pattern, text) == expected)
    }

    @Test(arguments: [
        ("(", "a ( is never closed: write \\( for the character"),
        (")", "a ) closes no group: write \\) for the character"),
        ("[a", "a [ is never closed: write \\[ for the character"),
        ("{1}", "nothing is there to repeat: write \\ before the character"),
        ("*", "nothing is there to repeat: write \\ before the character"),
        ("a**", "a repetition of a repetition: put the first in (?: )"),
        ("a{2}{3}", "a repetition of a repetition: put the first in (?: )"),
        ("a{2,1}", "a repetition is {n,m} with 0 ≤ n ≤ m ≤ 1000"),
        ("a{1001}", "a repetition is {n,m} with 0 ≤ n ≤ m ≤ 1000"),
        ("a\\", "a \\ stands before a character"),
        ("\\p", "\\p is not supported: write a class in [ ]"),
        ("\\1", "\\1 is not supported: write a class in [ ]"),
        ("[b-a]", "a range in [ ] goes from a character to a later one"),
        ("[[:x:]]", "[: is followed by a class such as alpha or digit, and :]"),
        ("(?=a)", "(? is followed by P<name>, or by : or one of imsU: others have no meaning"),
        ("(?P<>a)", "a group's name is of letters, digits and _"),
        ("[é]", "a class holds ASCII only: write others outside of [ ]"),
        ("\\xzz", "\\x stands before two digits, \\x00 to \\x7f"),
        ("(?:(?:a{1000}){1000}){1000}", "it is too long: repeat less"),
        ("(?:(?:(?:){1000}){1000}){1000}", "it is too long: repeat less"),
        (String(repeating: "(", count: 200), "groups are nested too deep"),
        (String(repeating: "|", count: 9000), "it is too long: repeat less"),
    ])
    func `what is none is refused with advice`(pattern: String, expected: String) {
        #expect(throws: PatternError(expected)) { try Pattern(pattern) }
    }

    /// Each takes a time without end where a matcher goes back and tries again.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "(a+)+$", "(a*)*b", "(a|aa)+$", "(a|a?)+b", "(.*a){20}$", "(?:a?){200}a{200}b",
            "(x+x+)+y",
        ])
    func `take no longer for texts that nearly match`(pattern: String) throws {
        let text = [UInt8](repeating: UInt8(ascii: "a"), count: 1000) + [UInt8(ascii: "!")]
        #expect(try Pattern(pattern).matches(text) == false)
    }

    @Test(.timeLimit(.minutes(1))) func `end whatever the pattern and the text are`() {
        let corpus = [
            "(.*)-(us-west-1)\\.example\\.org", "^(?i:a|b[^c-e]*?)+\\b{2,3}$",
            "[[:alpha:]]{1,20}|\\Q.\\E",
        ].map { Array($0.utf8) }
        var matches = 0
        for index in 0..<2000 {
            var mutator = Mutator(seed: 5, case: UInt64(index))
            let pattern = mutator.mutant(of: corpus).prefix(200)
            let text = Array(mutator.mutant(of: corpus).prefix(300))
            guard let pattern = try? Pattern(String(decoding: pattern, as: UTF8.self)) else {
                continue
            }
            guard let groups = pattern.groups(in: text) else { continue }
            matches += 1
            let whole = groups[0] ?? 0..<0
            #expect(groups.count == pattern.groupCount + 1)
            #expect(
                groups.allSatisfy {
                    $0.map {
                        whole.lowerBound <= $0.lowerBound && $0.upperBound <= whole.upperBound
                    } ?? true
                })
        }
        #expect(matches > 100)
    }

    @Test func `templates hold what groups matched`() throws {
        let template = PatternTemplate("{1}-{0}{2}{x}{}{9}{12345}")
        #expect(template.lastGroup == 9)
        let text = Array("ab".utf8)
        let groups = try #require(try Pattern("(a)(x)?b").groups(in: text))
        #expect(
            String(decoding: template.expanded(groups, in: text), as: UTF8.self)
                == "a-ab{x}{}{12345}")
    }
}
