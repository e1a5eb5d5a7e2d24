import CMnl
package import Network

extension Request {
    /// Adds a rule that must not exist yet.
    package static func add(_ rule: RoutingRule) -> Request {
        Request("add rule", "\(rule)", type: RTM_NEWRULE, flags: NLM_F_CREATE | NLM_F_EXCL) {
            rule.write(to: &$0)
        }
    }

    package static func delete(_ rule: RoutingRule) -> Request {
        Request("delete rule", "\(rule)", type: RTM_DELRULE) { rule.write(to: &$0) }
    }
}

extension Query where Value == RoutingRule {
    /// The rules of a family, in the order they are tried.
    package static func rules(_ family: IPFamily) -> Query {
        Query(
            Request("list rules", type: RTM_GETRULE, flags: NLM_F_DUMP) { writer in
                var header = fib_rule_hdr()
                header.family = family.number
                writer.putFixed(header)
            })
    }
}
