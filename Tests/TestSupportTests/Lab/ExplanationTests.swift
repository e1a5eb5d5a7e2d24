import Synchronization
import Testing

@testable import TestSupport

@Suite(.requiresRoot) struct `A failure in the lab` {
    /// What issues were recorded in `body`, none of which fails this test.
    private func issues(in body: () throws -> Void) throws -> [String] {
        let issues = Mutex<[String]>([])
        try withKnownIssue {
            try body()
        } matching: { issue in
            issues.withLock { $0.append("\(issue.severity) \(issue.comments)") }
            return true
        }
        return issues.withLock { $0 }
    }

    @Test func `of an expectation comes with what the kernel holds`() throws {
        let issues = try issues {
            try withLab { lab in
                let (client, _) = try lab.pair()
                try client.nft("add table inet seen")
                #expect(Bool(false), "failed here")
            }
        }
        #expect(issues.count == 2)
        #expect(issues.first?.contains("failed here") == true)
        for word in ["client: nft list ruleset", "table inet seen", "server:", "10.0.0.2/24"] {
            #expect(issues.last?.contains(word) == true, "\(word)")
        }
    }

    @Test func `by an error comes with it too`() throws {
        let issues = try issues {
            try withLab { lab in
                try lab.host("alone").nft("add table inet seen")
                throw LabError("thrown")
            }
        }
        #expect(issues.count { $0.contains("table inet seen") } == 1)
    }

    @Test func `that does not happen says nothing`() throws {
        try withLab { lab in _ = try lab.host("quiet") }
    }
}
