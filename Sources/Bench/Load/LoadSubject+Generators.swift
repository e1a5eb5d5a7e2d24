import Network
import Platform

extension LoadSubject {
    /// Makes the load, on the client's thread.
    func generate() throws(BenchError) -> Load {
        var origins = Origins(targets, from: client.sources)
        switch workload {
        case .connect: return try connect(origins, nil)
        case .firstByte(let request): return try connect(origins, request)
        case .request: return try exchange(.stream, .echo, &origins)
        case .datagram(let request): return try exchange(.datagram, request, &origins)
        case .bulk:
            let bulk = try opening { () throws(PlatformError) in
                try BulkFlows(&origins, flows: flows, patience: patience)
            }
            return try run(bulk)
        case .packets:
            let stream = try opening { () throws(PlatformError) in
                try PacketStream(&origins, flows: flows, perSecond: pace)
            }
            return try run(stream)
        }
    }

    private func connect(_ origins: Origins, _ request: Request?) throws(BenchError) -> Load {
        if flows == 1 {
            let act = ConnectAct(origins, request, patience: patience)
            return try run(OneByOne(act, perSecond: pace))
        }
        let members = (0..<flows).map { _ in ConnectMember(origins, request) }
        return try runCrowd(members)
    }

    private func exchange(
        _ kind: Socket.Kind, _ request: Request, _ origins: inout Origins
    ) throws(BenchError) -> Load {
        var lines: [Line] = []
        for _ in 0..<flows {
            lines.append(
                try opening { () throws(PlatformError) in
                    try Line(kind, request, &origins, patience: patience)
                })
        }
        if flows == 1 { return try run(OneByOne(ExchangeAct(lines[0]), perSecond: pace)) }
        return try runCrowd(lines.map(LineMember.init))
    }

    private func runCrowd<One: Member>(_ members: [One]) throws(BenchError) -> Load {
        let crowd = try opening { () throws(PlatformError) in
            try Crowd(members, patience: patience, perSecond: pace)
        }
        return try run(crowd)
    }

    private func opening<Value: ~Copyable>(
        _ body: () throws(PlatformError) -> Value
    ) throws(BenchError) -> Value {
        do throws(PlatformError) { return try body() } catch {
            throw BenchError(.traffic, "begin to measure \(workload.name)", "\(error)")
        }
    }
}

extension LoadSubject {
    private func run<Source: Generator & ~Copyable>(
        _ generator: consuming Source
    ) throws(BenchError) -> Load {
        var tally = Tally()
        let before = servers.map(\.counts)
        let processor = try client.account.total(servers)
        let start = MonotonicTime.now
        do throws(PlatformError) {
            try generator.run(until: start + duration, &tally)
        } catch {
            throw BenchError(.traffic, "measure \(workload.name)", "\(error)")
        }
        // With a pace, the last ends before its time is over.
        let elapsed = max(MonotonicTime.now - start, duration)
        var load = Load(self, tally, elapsed)
        load.counts = counts(since: before, atLeast: tally.begun)
        load.processor = try client.account.total(servers) - processor
        return load
    }

    /// What the servers have done, once they have taken all that they will.
    private func counts(since before: [ServerCounts], atLeast wanted: Int) -> [ServerCounts] {
        if servers.isEmpty { return [] }
        let deadline = MonotonicTime.now + Self.settling
        while true {
            let counts = zip(servers, before).map { $0.counts - $1 }
            let taken = counts.reduce(0) { $0 + self.taken($1) }
            if taken >= wanted || MonotonicTime.now > deadline { return counts }
            sleep(for: .milliseconds(1))
        }
    }

    private func taken(_ counts: ServerCounts) -> Int {
        switch workload {
        case .connect, .firstByte: counts.accepted
        case .packets, .datagram: counts.datagrams
        case .request: counts.answered
        case .bulk: counts.bytes
        }
    }

    /// What was not taken after that was lost.
    private static let settling = Duration.milliseconds(250)
}
