import Platform
import Testing

@testable import Support

@Suite struct `Manual pages` {
    private static let get = Subcommand(
        "demo get", summary: "Get a thing",
        details: """
            Gets it from 'here',
            or there.
              left   right
                     more

            .dotted line
            Ends never.

            Ends with status 0.

            Examples:
              demo get -a "x"

              demo get \\ …
            """,
        options: [
            Option("all", letter: "a", help: "Everything"),
            Option("count", value: "N", standard: "1", help: "How many"),
            Option("sure", value: "true|false", implied: "true", help: "Whether"),
        ], operand: "NAME"
    ) { _ in .success }
    private static let program = Tool(
        "demo", summary: "a test", commands: [get],
        groups: [
            Tool(
                "demo file", summary: "Files",
                commands: [Subcommand("demo file list", summary: "List") { _ in .success }])
        ])

    private static let page = #"""
        .TH "DEMO\-GET" "1" "" "Weft \#(Troff.escaped(Version.current))" "Weft"
        .SH "NAME"
        demo\-get \- Get a thing
        .SH "SYNOPSIS"
        \fBdemo get\fR [\fIoptions\fR] \fINAME\fR
        .SH "DESCRIPTION"
        Gets it from \(aqhere\(aq,
        or there.
        .PP
        .RS "4"
        .EX
        left   right
               more
        .EE
        .RE
        .PP
        \&.dotted line
        Ends never.
        .SH "OPTIONS"
        .TP
        \fB\-a\fR, \fB\-\-all\fR
        Everything
        .TP
        \fB\-\-count\fR \fIN\fR
        How many (default: 1)
        .TP
        \fB\-\-sure\fR[=\fItrue|false\fR]
        Whether
        .TP
        \fB\-h\fR, \fB\-\-help\fR
        Print this text
        .SH "EXIT STATUS"
        Ends with status 0.
        .SH "EXAMPLES"
        .RS "4"
        .EX
        demo get \-a \(dqx\(dq
        .EE
        .RE
        .PP
        .RS "4"
        .EX
        demo get \e \[u2026]
        .EE
        .RE
        .SH "SEE ALSO"
        \fBdemo\fR(1)

        """#

    @Test func `the page of a command has all that its help has`() {
        #expect(Self.get.manualPage.text == Self.page)
    }

    @Test func `the page of a program leads to those of its commands`() {
        let pages = Self.program.manualPages
        #expect(
            pages.map(\.fileName) == [
                "demo.1", "demo-get.1", "demo-file.1", "demo-file-list.1",
            ])
        #expect(pages[0].text.contains(".TP\n\\fBdemo\\-get\\fR(1)\nGet a thing\n"))
        #expect(pages[0].text.contains(".TP\n\\fBdemo\\-file\\fR(1)\nFiles\n"))
        #expect(pages[3].text.hasSuffix(".SH \"SEE ALSO\"\n\\fBdemo\\-file\\fR(1)\n"))
    }
}
