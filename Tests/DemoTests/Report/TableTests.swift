import Network
import Testing

@testable import Demo

struct TableTests {
    private static let lines = [
        Line("pod → pod", "answers", "1 of 1", holds: true),
        Line("x", "a long one", "0 of 1", holds: false),
    ]

    @Test func `columns are aligned, and each line says whether it holds`() {
        let table = Table(subjects: ["pod → pod", "x"], expectations: ["answers", "a long one"])
        let text = ([table.head] + Self.lines.map(table.row)).joined(separator: "\n")
        #expect(
            text == """
                   What       Must hold   Measured
                   ─────────  ──────────  ────────
                ✓  pod → pod  answers     1 of 1
                ✗  x          a long one  0 of 1
                """)
    }

    @Test func `Markdown marks what does not hold`() {
        #expect(
            Self.lines.markdown == """
                | what | must hold | measured |
                |---|---|---|
                | pod → pod | answers | 1 of 1 |
                | x | a long one | 0 of 1 ✗ |

                """)
    }

    @Test func `every check fits on a wide screen`() {
        let checks = Check.all(ClusterPlan(nodes: 3, .auto, families: [.v4, .v6]))
        #expect(checks.allSatisfy { $0.subject.count <= 40 && $0.expectation.count <= 50 })
        #expect(Set(checks.map(\.subject)).count == checks.count)
    }
}
