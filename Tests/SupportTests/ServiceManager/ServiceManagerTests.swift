import Platform
import TestSupport
import Testing

@testable import Support

@Suite struct `A service manager` {
    private func manager(_ variables: [String: String], process: CInt = 7) -> ServiceManager {
        ServiceManager(process: ProcessID(rawValue: process)) { variables[$0] }
    }

    private func told(
        at address: UnixAddress, _ variable: String, _ body: (ServiceManager) throws -> Void
    ) throws -> [String] {
        let socket = try UnixDatagramSocket(at: address)
        try body(manager(["NOTIFY_SOCKET": variable]))
        var texts: [String] = []
        while let text = try socket.next() { texts.append(text) }
        return texts
    }

    @Test func `at a path is told what is new, a datagram each time`() throws {
        try withTemporaryDirectory { directory in
            let path = "\(directory)/notify"
            let texts = try told(at: .path(path), path) { manager in
                try manager.tell(.ready, .status("3 services\nin rules"))
                try manager.tell(.alive)
                try manager.tell(.stopping)
            }
            #expect(texts == ["READY=1\nSTATUS=3 services in rules", "WATCHDOG=1", "STOPPING=1"])
        }
    }

    @Test func `at an abstract name is told too`() throws {
        let name = Lab.uniqueName("weft-test-")
        #expect(try told(at: .abstract(name), "@\(name)") { try $0.tell(.ready) } == ["READY=1"])
    }

    @Test(arguments: [[:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "vsock:2:1234"]])
    func `that is not there is told nothing`(variables: [String: String]) throws {
        try manager(variables).tell(.ready)
    }

    @Test func `that has gone is an error that says where it was`() {
        let error = #expect(throws: PlatformError.self) {
            try manager(["NOTIFY_SOCKET": "/nowhere/notify"]).tell(.ready)
        }
        #expect(error?.subject == "/nowhere/notify")
    }

    @Test(
        arguments: [
            ([:], nil), (["WATCHDOG_USEC": "30000000"], .seconds(30)),
            (["WATCHDOG_USEC": "1", "WATCHDOG_PID": "7"], .microseconds(1)),
            (["WATCHDOG_USEC": "1", "WATCHDOG_PID": "8"], nil), (["WATCHDOG_USEC": "0"], nil),
            (["WATCHDOG_USEC": "x"], nil),
        ] as [([String: String], Duration?)])
    func `wants a sign of life from the process it names`(
        variables: [String: String], limit: Duration?
    ) {
        #expect(manager(variables).watchdogLimit == limit)
    }
}

extension UnixDatagramSocket {
    /// The text of the next datagram.
    fileprivate borrowing func next() throws(PlatformError) -> String? {
        var bytes = [UInt8](repeating: 0, count: 256)
        var span = bytes.mutableSpan
        guard let count = try socket.receive(into: &span) else { return nil }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
