import Kubernetes
import Platform

/// A source, and a consumer that looks whenever there is something to look at.
struct Held: ~Copyable {
    private enum Source: UInt64 {
        case none
    }

    private let source: ServerSource
    private let subscription: Subscription
    private var loop: EventLoop<Source>
    private var events: [Event<Source>] = []
    private var changed = 0
    private var isSynced = false

    init(_ kubeconfig: String, withPods: Bool) throws {
        let settings = CredentialsSettings(kubeconfig: kubeconfig, environment: [:])
        var kinds: [Kind: ListWatchOptions] = [
            .service: ListWatchOptions(), .endpointSlice: ListWatchOptions(),
        ]
        if withPods { kinds[.pod] = ListWatchOptions() }
        let loop = try EventLoop<Source>()
        let waker = loop.waker
        source = try ServerSource(settings, kinds) { print("report", $0.text) }
        subscription = source.store.subscribe(to: [.service, .endpointSlice]) { waker.wake() }
        self.loop = loop
    }
}

extension Held {
    mutating func waitUntilSynced() throws {
        while !isSynced { try look() }
        changed = 0
    }

    mutating func wait(for changes: Int) throws {
        while changed < changes { try look() }
    }

    private mutating func look() throws {
        try loop.wait(into: &events)
        let look = subscription.look()
        isSynced =
            look.snapshot[state: .service].isSynced
            && look.snapshot[state: .endpointSlice].isSynced
        changed += look.changes(of: EndpointSlice.self).count
    }

    var store: ObjectStore { source.store }

    /// What was asked of the server, by kind.
    var requests: String {
        source.statistics.kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key) lists \($0.value.lists) relists \($0.value.relists) watches "
                + "\($0.value.watches) events \($0.value.events) failures \($0.value.failures)"
        }.joined(separator: "\n")
    }

    /// What has been used and what is held, by now.
    func state(_ word: String) -> String {
        let snapshot = source.store.snapshot
        let endpoints = snapshot.endpointSlices.reduce(0) { $0 + $1.value.value.endpoints.count }
        return "\(word) cpu_ms \(ProcessorTime.now.nanoseconds / 1_000_000) "
            + "rss_kib \(memory("VmRSS")) peak_kib \(memory("VmHWM")) "
            + "services \(snapshot.services.count) slices \(snapshot.endpointSlices.count) "
            + "endpoints \(endpoints) bytes \(source.statistics.bytesReceived)"
    }

    private func memory(_ name: String) -> Int {
        let status = (try? File.read("/proc/self/status")) ?? []
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
    }

    func stop() { source.stop() }
}
