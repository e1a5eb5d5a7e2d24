extension FileZone {
    /// Answers as RFC 1034 section 4.3.2 has it; a name outside of the zone is refused.
    package func answer(_ question: Message.Question) -> FileZoneAnswer {
        var answer = FileZoneAnswer()
        guard question.name.isWithin(origin) else {
            answer.code = .refused
            answer.isAuthoritative = false
            return answer
        }
        var (name, seen): (DomainName?, Set<DomainName>) = (question.name, [])
        // A chain that comes back to a name ends there, as it has been followed.
        while let next = name, seen.insert(next).inserted, seen.count <= Self.longestChain {
            guard next.isWithin(origin) else {
                answer.continuation = next
                break
            }
            name = add(next, question.type, to: &answer)
        }
        addTargets(to: &answer)
        return answer
    }

    /// Resolvers follow no more either; 16 is what BIND does.
    private static var longestChain: Int { 16 }

    /// Adds what there is to say of a name, and returns the one that it leads to.
    private func add(
        _ name: DomainName, _ type: RecordType, to answer: inout FileZoneAnswer
    ) -> DomainName? {
        switch place(of: name, type) {
        case .node(let node): return add(node, name, type, to: &answer)
        case .redirection(let record): return redirect(name, by: record, in: &answer)
        case .delegation(let servers):
            if answer.answers.isEmpty { answer.isAuthoritative = false }
            answer.authorities = servers
        case .nowhere:
            answer.code = .nameError
            answer.authorities = [denial]
        }
        return nil
    }

    private func add(
        _ node: Node, _ name: DomainName, _ type: RecordType, to answer: inout FileZoneAnswer
    ) -> DomainName? {
        if type != .cname, type != .any, let alias = node[.cname]?.first {
            answer.answers.append(alias.owned(by: name))
            return alias.target
        }
        let records = type == .any ? Self.some(of: node) : node[type] ?? []
        if records.isEmpty { answer.authorities = [denial] }
        answer.answers += records.map { $0.owned(by: name) }
        return nil
    }

    /// One set of records stands for all that are asked for (RFC 8482 section 4.1).
    private static func some(of node: Node) -> [Record] {
        node.min { $0.key.rawValue < $1.key.rawValue }?.value ?? []
    }

    /// Adds a DNAME record and the CNAME record that it means for a name (RFC 6672 section 3).
    private func redirect(
        _ name: DomainName, by record: Record, in answer: inout FileZoneAnswer
    ) -> DomainName? {
        answer.answers.append(record)
        guard let target = record.target,
            let next = name.removing(record.name)?.appended(to: target)
        else {
            answer.code = .nameTooLong
            return nil
        }
        answer.answers.append(Record(name, .cname, ttl: record.ttl, data: next.wire))
        return next
    }
}

extension FileZone {
    /// Where the way from the zone's own name to another ends.
    private enum Place {
        case node(Node)
        case delegation([Record])
        case redirection(Record)
        case nowhere
    }

    private func place(of name: DomainName, _ type: RecordType) -> Place {
        var encloser = origin
        for below in (0...name.labelCount - origin.labelCount).reversed() {
            let next = name.dropping(below)
            guard let node = node(next) else {
                let wildcard = encloser.prefixed("*".utf8).flatMap { self.node($0) }
                return wildcard.map(Place.node) ?? .nowhere
            }
            // A DS record is the parent's (RFC 4035 section 3.1.4.1).
            if next != origin, let servers = node[.ns], below > 0 || type != .ds {
                return .delegation(servers)
            }
            if below > 0, let record = node[.dname]?.first { return .redirection(record) }
            if below == 0 { return .node(node) }
            encloser = next
        }
        return .nowhere
    }

    /// Adds the addresses of the hosts that records lead to, as far as they are known here.
    private func addTargets(to answer: inout FileZoneAnswer) {
        var told = Set(answer.answers.map(\.name))
        for record in answer.answers + answer.authorities where record.leadsToHost {
            guard let host = record.target, host.isWithin(origin), told.insert(host).inserted,
                let node = node(host)
            else { continue }
            answer.additionals += (node[.a] ?? []) + (node[.aaaa] ?? [])
        }
    }
}

extension Record {
    fileprivate var leadsToHost: Bool { [.ns, .mx, .srv].contains(type) }

    /// The name at the end of the data of types that have just one.
    fileprivate var target: DomainName? {
        guard let layout = NameLayout(type), layout.names == 1 else { return nil }
        return data.span.plainName(at: layout.before)?.name
    }

    fileprivate func owned(by name: DomainName) -> Record {
        var record = self
        record.name = name
        return record
    }
}

extension DomainName {
    /// The labels before those of a zone; nil for a name that is not in it.
    fileprivate func removing(_ zone: DomainName) -> DomainName? {
        guard isWithin(zone) else { return nil }
        return DomainName(unchecked: wire.prefix(wire.count - zone.wire.count) + [0])
    }
}
