import JSON
import Netlink
import Network
import Platform
import Topology

/// A machine that plugins work on: a network namespace of its own.
final class PodNode: Sendable {
    private let host: Host
    /// Each of them calls one plugin at a time.
    private let callers: [NamespaceThread]

    init(callers: Int = 1) throws(BenchError) {
        do {
            host = try Host("node")
            self.callers = try [NamespaceThread](in: host.namespace, count: callers)
        } catch {
            throw BenchError(.privilege, "make a node's network", "\(error)")
        }
        try BenchError.of(.network, "make a node's network") { try makeWayOut() }
    }

    /// The link, address and default route that every node has.
    ///
    /// Without an address outside loopback the kernel looks at each of a node's links for one, for
    /// each route that is added.
    private func makeWayOut() throws {
        // Addresses for benchmarks: RFC 2544.
        let (own, router) = (IPv4Address(198, 18, 0, 2), IPv4Address(198, 18, 0, 1))
        guard let address = CIDR(.v4(own), prefixLength: 15) else { return }
        let name = try InterfaceName(validating: "uplink")
        var socket = try host.routes()
        let link = try socket.create(NewLink(.init(name, isUp: true), .bridge(Bridge())))
        try socket.run([
            .add(InterfaceAddress(address, on: link)),
            .add(Route(CIDR(allOf: .v4), via: .v4(router), on: link)),
        ])
    }

    /// Runs a closure in the node's network.
    func run<Value: ~Copyable, Failure: Error>(
        caller: Int = 0, _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try callers[caller].run(body)
    }
}

extension [NamespaceThread] {
    fileprivate init(
        in namespace: borrowing NetworkNamespace, count: Int
    ) throws(PlatformError) {
        self = []
        for _ in 0..<count { append(try NamespaceThread(namespace)) }
    }
}

extension PodNode {
    /// Runs a program on the node: the time from the request to run it to its end, and its words.
    ///
    /// What is made around it is made before the clock starts.
    func measure(
        _ program: Program, caller: Int = 0
    ) throws(BenchError) -> (time: Duration, output: [UInt8]) {
        let (time, isSuccess, words) = try BenchError.of(.program, "run \(program)") {
            try measured(program, caller)
        }
        if isSuccess { return (time, words) }
        throw BenchError(.program, "run \(program)", Self.reason(words))
    }

    /// What a plugin's error says, or whatever a program has written.
    private static func reason(_ words: [UInt8]) -> String {
        let members = ["msg", "details"].compactMap {
            (try? JSONValue(document: words.span))?.object?[$0]
        }
        let texts = members.compactMap { $0.string }.filter { !$0.isEmpty }
        return texts.isEmpty
            ? String(decoding: words, as: UTF8.self) : texts.joined(separator: ": ")
    }

    private func measured(
        _ program: Program, _ caller: Int
    ) throws(PlatformError) -> (Duration, Bool, [UInt8]) {
        let input = try Pipe()
        try input.writer.write(program.input.span)
        let reader = input.intoReader()
        let output = try Pipe()
        let (time, end) = try run(caller: caller) { () throws(PlatformError) in
            let begin = MonotonicTime.now
            let process = try Process(
                program, input: reader, output: output.writer, errors: output.writer)
            let end = try process.wait()
            return (MonotonicTime.now - begin, end)
        }
        return (time, end?.isSuccess == true, try output.intoReader().everything())
    }
}

extension Descriptor {
    /// All that comes until the other end is closed.
    fileprivate consuming func everything() throws(PlatformError) -> [UInt8] {
        var bytes: [UInt8] = []
        var count: Int? = 1
        while count != 0 {
            try bytes.append(addingCapacity: 1 << 14) { output throws(PlatformError) in
                count = try self.read(appendingTo: &output)
            }
        }
        return bytes
    }
}
