import Kubernetes
import Network
import Platform
import Synchronization
import TestSupport
import Testing

@testable import Proxy

@Suite(.requiresRoot) struct `New connections while all else changes` {
    @Test(arguments: [TransportProtocol.tcp, .udp])
    func `never fail, through changes of endpoints and a restart of the proxy`(
        transport: TransportProtocol
    ) throws {
        let lab = try ProxyLab(.v4)
        try lab.explaining {
            var proxy: RunningProxy? = try lab.start()
            let addresses = lab.addresses
            try proxy?.put(addresses.service("web", 1), addresses.slice(of: "web", pods: "near1"))
            let load = try Load([lab.client, lab.outside], transport, lab.service(1))

            let others = [[], ["there1"], ["near2", "there1"], ["there2"]]
            for turn in 0..<200 {
                if turn == 80 { proxy = nil }
                if turn == 120 { proxy = try lab.start() }
                let pods = ["near1"] + others[turn % others.count]
                lab.cluster.write {
                    $0.put(addresses.slice(of: "web", pods.map(addresses.endpoint)))
                }
                sleep(for: .milliseconds(20))
            }
            let result = load.end()
            #expect(result.failures == [])
            #expect(result.count > 100)
            #expect(result.slowest < .milliseconds(500))
            print("\(transport): \(result.count) connections, the slowest \(result.slowest)")
            withExtendedLifetime(proxy) {}
        }
    }
}

/// Clients that ask from a new port each time, one thread each.
private final class Load: Sendable {
    private let state: LoadState
    private let threads: Mutex<[ClientThread]>

    init(
        _ clients: [Host], _ transport: TransportProtocol, _ target: AddressAndPort
    ) throws {
        let state = LoadState()
        self.state = state
        threads = Mutex(
            try clients.map { host in
                ClientThread(
                    try Thread {
                        while !state.isStopped.isSet {
                            let begin = MonotonicTime.now
                            state.add(host.answer(transport, target), .now - begin)
                        }
                    })
            })
    }

    /// Waits for the last answers.
    func end() -> LoadState.Result {
        state.isStopped.set()
        threads.withLock { $0 = [] }
        return state.result
    }
}

private final class LoadState: Sendable {
    struct Result: Sendable {
        var count = 0
        var failures: [Answer] = []
        var slowest = Duration.zero
    }

    let isStopped = Flag()
    private let state = Mutex(Result())

    var result: Result { state.withLock { $0 } }

    func add(_ answer: Answer, _ time: Duration) {
        state.withLock { state in
            state.count += 1
            if answer.server == nil { state.failures.append(answer) }
            state.slowest = max(state.slowest, time)
        }
    }
}

/// Ends with its last reference, when the thread has ended.
private final class ClientThread: Sendable {
    private let thread: Thread
    init(_ thread: consuming Thread) { self.thread = thread }
}
