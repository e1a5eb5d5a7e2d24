import Measure
import Netlink
import Network
import Platform

/// A machine that plugins work on: a network namespace of its own, entered once.
final class Node: Sendable {
    private let thread: NamespaceThread

    init() throws {
        thread = try NamespaceThread(NetworkNamespace.anonymous())
        try run { try Self.makeWayOut() }
    }

    /// The link, address and default route that every node has.
    ///
    /// Without an address outside loopback the kernel looks at each of a node's links for one, for
    /// each route that is added.
    private static func makeWayOut() throws {
        // Addresses for benchmarks: RFC 2544.
        let (own, router) = (IPv4Address(198, 18, 0, 2), IPv4Address(198, 18, 0, 1))
        guard let name = InterfaceName("uplink"), let address = CIDR(.v4(own), prefixLength: 15)
        else { return }
        var socket = try RouteSocket()
        let link = try socket.create(NewLink(.init(name, isUp: true), .bridge(Bridge())))
        try socket.run([
            .add(InterfaceAddress(address, on: link)),
            .add(Route(CIDR(allOf: .v4), via: .v4(router), on: link)),
        ])
    }

    /// Runs a closure in the node's network.
    func run<Value: ~Copyable, Failure: Error>(
        _ body: () throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try thread.run(body)
    }

    /// Runs a program on the node: the time from the request to run it to its end, and its words.
    ///
    /// What is made around it is made before the clock starts.
    func measure(_ program: Program) throws(PlatformError) -> (time: Duration, output: [UInt8]) {
        let input = try Pipe()
        try input.writer.write(program.input.span)
        let reader = input.intoReader()
        let output = try Pipe()
        let (time, end) = try thread.run { () throws(PlatformError) in
            let begin = MonotonicTime.now
            let process = try Process(
                program, input: reader, output: output.writer, errors: output.writer)
            let end = try process.wait()
            return (MonotonicTime.now - begin, end)
        }
        let words = try output.intoReader().everything()
        guard end?.isSuccess == true else {
            throw PlatformError(
                .invalid, "run", "\(program)", remedy: String(decoding: words, as: UTF8.self))
        }
        return (time, words)
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
