package import Network

/// Who may ask for what: the first rule that fits decides, and whoever none fits may.
package struct AccessList: Hashable, Sendable {
    package struct Rule: Hashable, Sendable {
        /// What it is about; everything if there are none.
        package var zones: [ZoneSuffix] = []
        package var verdict: Verdict
        /// No types stand for all of them.
        package var types: Set<RecordType>
        /// No networks stand for all of them.
        package var networks: [CIDR]

        package init(_ verdict: Verdict, types: Set<RecordType> = [], networks: [CIDR] = []) {
            self.verdict = verdict
            self.types = types
            self.networks = networks
        }
    }

    package enum Verdict: UInt8, Hashable, Sendable {
        case allow
        /// Is refused.
        case block
        /// Gets an empty answer.
        case filter
        /// Gets none.
        case drop
    }

    package var rules: [Rule]

    package init(_ rules: [Rule]) { self.rules = rules }

    package func verdict(
        _ client: IPAddress, _ name: borrowing QuestionName, _ type: RecordType
    ) -> Verdict {
        for rule in rules where rule.isAbout(name) {
            let isType = rule.types.isEmpty || rule.types.contains(type)
            if isType,
                rule.networks.isEmpty || rule.networks.contains(where: { $0.contains(client) })
            {
                return rule.verdict
            }
        }
        return .allow
    }
}

extension AccessList.Rule {
    fileprivate func isAbout(_ name: borrowing QuestionName) -> Bool {
        if zones.isEmpty { return true }
        for index in zones.indices where name.labelsBefore(zones[index]) != nil { return true }
        return false
    }
}
