import Network

/// SRV records: where a service's ports are.
extension ServiceAnswer {
    /// Whether the service has a port of this protocol that has a name.
    func hasNamedPort(_ transport: TransportProtocol) -> Bool {
        contains { port in port.isNamed && port.transport == transport }
    }

    func hasPort(_ wanted: borrowing PortName) -> Bool {
        var lists = 0
        while var ports = portList(lists) {
            while let port = record.next(&ports) {
                if matches(port, wanted) { return true }
            }
            lists += 1
        }
        return false
    }

    private func contains(_ predicate: (ServiceRecord.Port) -> Bool) -> Bool {
        var lists = 0
        while var ports = portList(lists) {
            while let port = record.next(&ports) {
                if predicate(port) { return true }
            }
            lists += 1
        }
        return false
    }

    /// The ports that names are made of: a service's own, or those that its endpoints have.
    private func portList(_ number: Int) -> ServiceRecord.PortList? {
        if record.kind == .clusterIP { return number == 0 ? record.servicePorts : nil }
        return number < record.groupCount ? record.ports(ofGroup: number) : nil
    }

    private func matches(_ port: ServiceRecord.Port, _ wanted: borrowing PortName) -> Bool {
        port.isNamed && port.transport == wanted.transport && record.name(port).equals(wanted.name)
    }

    /// Puts a record for each target and port, and the targets' addresses behind them.
    func answerTargets(_ wanted: borrowing PortName?, into reply: inout ReplyWriter) -> ZoneOutcome
    {
        let (count, before) = (self.count(wanted), reply.answerCount)
        if count == 0 { return .noData }
        // All share a hundred (D25).
        let weight = UInt16(max(100 / count, 1))
        if record.kind == .clusterIP {
            putServiceTarget(wanted, weight, into: &reply)
        } else {
            putEndpointTargets(wanted, weight, into: &reply)
        }
        return reply.outcome(since: before)
    }

    private func count(_ wanted: borrowing PortName?) -> Int {
        var (count, list) = (0, 0)
        while let ports = portList(list) {
            let targets = record.kind == .clusterIP ? 1 : record.targetCount(ofGroup: list)
            count += targets * self.count(ports, wanted)
            list += 1
        }
        return count
    }

    private func count(_ all: ServiceRecord.PortList, _ wanted: borrowing PortName?) -> Int {
        var (ports, count) = (all, 0)
        while let port = record.next(&ports) { count += isWanted(port, of: all, wanted) ? 1 : 0 }
        return count
    }

    /// Where no port is named, one number has one record, though TCP and UDP may share it.
    func isWanted(
        _ port: ServiceRecord.Port, of list: ServiceRecord.PortList,
        _ wanted: borrowing PortName?
    ) -> Bool {
        switch wanted {
        case .some(let wanted): return matches(port, wanted)
        case .none:
            var list = list
            while let other = record.next(&list), other.offset < port.offset {
                if other.number == port.number { return false }
            }
            return true
        }
    }
}
