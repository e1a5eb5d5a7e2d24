import DNS
import Network
import Topology

/// Names lead to services, to single pods, and out of the cluster.
enum NameChecks {
    static func all(_ plan: ClusterPlan) -> [Check] { [headless, ports, reverse, external] }

    private static var headless: Check {
        Check("headless service's names", "all pods' addresses, each pod's own") {
            cluster in
            let names = try cluster.resolver()
            let service = cluster.services.peers.name
            var tally = Tally()
            for family in cluster.plan.families {
                let expected = Set(cluster.webs.compactMap { $0.addresses.first(family) })
                tally.count("\(service), \(family)") {
                    let found = try names.addresses(service, family)
                    return found == expected ? nil : "\(found.map(\.description).sorted())"
                }
                for pod in cluster.webs {
                    tally.count("\(pod.name).\(service), \(family)") {
                        let found = try names.addresses("\(pod.name).\(service)", family)
                        let own = Set([pod.addresses.first(family)].compactMap(\.self))
                        return found == own ? nil : "\(found.map(\.description).sorted())"
                    }
                }
            }
            return tally.measurement("answers")
        }
    }

    private static var ports: Check {
        Check("SRV record → pods and ports", "each pod is a target, and answers") {
            cluster in
            let names = try cluster.resolver()
            let texts = try names.texts("_http._tcp.\(cluster.services.peers.name)", .srv)
            var tally = Tally()
            var shares = Shares()
            for text in texts {
                tally.count(text) {
                    guard let target = ServiceTarget(text) else { return "no target" }
                    for family in cluster.plan.families {
                        for address in try names.addresses(target.name, family) {
                            shares.add(try cluster.client.host.ask(address, target.port))
                        }
                    }
                    return nil
                }
            }
            let isComplete = shares.are(
                cluster.plan.families.count, eachOf: cluster.webNames)
            let measured = tally.measurement("targets")
            return Measurement(measured.holds && isComplete, measured.text)
        }
    }

    private static var reverse: Check {
        Check("address → name", "the service that has the address") { cluster in
            let service = cluster.services.web
            let expected = "\(service.name).\(service.namespace).svc.cluster.local."
            var tally = Tally()
            for address in service.addresses {
                tally.count("\(address)") {
                    let name = "\(DomainName(reversing: address))"
                    let found = try cluster.resolver(address.family).texts(name, .ptr)
                    return found == [expected] ? nil : "\(found)"
                }
            }
            return tally.measurement(expected)
        }
    }

    private static var external: Check {
        Check("ExternalName → machine outside", "the alias's addresses, and they answer") {
            cluster in
            let names = try cluster.resolver()
            let service = cluster.services.partner.name
            var tally = Tally()
            for family in cluster.plan.families {
                tally.count("\(family)") {
                    let records = try names.records(service, family == .v4 ? .a : .aaaa)
                    guard records.first?.type == .cname else { return "no alias" }
                    let own = cluster.plan.outside.addresses.first(family)
                    guard let own, try names.addresses(service, family) == [own] else {
                        return "other addresses"
                    }
                    let answer = try cluster.client.host.ask(own, ServicePlans.webPort)
                    return answer.server == cluster.outside.name ? nil : "\(answer)"
                }
            }
            return tally.measurement("by way of \(ServicePlans.partnerName)")
        }
    }
}

/// What an SRV record leads to.
struct ServiceTarget: Hashable, Sendable {
    let name: String
    let port: UInt16

    /// Reads priority, weight, port and name.
    init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count == 4, let port = UInt16(words[2]) else { return nil }
        self.port = port
        name = String(words[3])
    }
}
