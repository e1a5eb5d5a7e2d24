/// One line of the table: what is asked, what must hold, and how it is found out.
struct Check: Sendable {
    let subject: String
    let expectation: String
    let measure: @Sendable (Cluster) throws -> Measurement

    init(
        _ subject: String, _ expectation: String,
        measure: @escaping @Sendable (Cluster) throws -> Measurement
    ) {
        self.subject = subject
        self.expectation = expectation
        self.measure = measure
    }
}

/// What was found out.
struct Measurement: Hashable, Sendable {
    let holds: Bool
    let text: String

    init(_ holds: Bool, _ text: String) {
        self.holds = holds
        self.text = text
    }
}

extension Check {
    /// Finds out whether it holds; what cannot be found out does not.
    func line(_ cluster: Cluster) -> Line {
        do {
            let measured = try measure(cluster)
            return Line(subject, expectation, measured.text, holds: measured.holds)
        } catch {
            return Line(subject, expectation, "\(error)", holds: false)
        }
    }

    /// All checks, in the order of the table.
    static func all(_ plan: ClusterPlan) -> [Check] {
        RouteChecks.all(plan) + PodChecks.all(plan) + ServiceChecks.all(plan)
            + OutsideChecks.all(plan)
            + NameChecks.all(plan) + GuestChecks.all + ChangeChecks.all + LatencyChecks.all
    }
}
