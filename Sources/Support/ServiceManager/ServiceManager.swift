package import Platform

/// Who started this program and wants to hear how it is doing: systemd, by sd_notify(3)'s protocol.
///
/// Without a `NOTIFY_SOCKET` nobody does, and nothing is sent.
package struct ServiceManager: Sendable {
    private let address: UnixAddress?
    /// How often it wants a sign of life, at the latest; nil when it wants none.
    package let watchdogLimit: Duration?

    package enum Message: Hashable, Sendable {
        /// What the program is for works now.
        case ready
        /// In a line for people.
        case status(String)
        case stopping
        /// A sign of life.
        case alive
    }
}

extension ServiceManager {
    /// Whoever the variables of the environment name.
    package init(
        process: ProcessID = .current,
        variable: (String) -> String? = { Environment.value(of: $0) }
    ) {
        address = variable("NOTIFY_SOCKET").flatMap(Self.address)
        // Meant for another process if it says so: a child inherits the variables.
        let isMine = variable("WATCHDOG_PID").map { $0 == "\(process.rawValue)" } ?? true
        let microseconds = variable("WATCHDOG_USEC").flatMap { Int64($0) } ?? 0
        watchdogLimit = isMine && microseconds > 0 ? .microseconds(microseconds) : nil
    }

    /// A path, or after an @ an abstract name; what else there is, for virtual machines, is not for us.
    private static func address(_ text: String) -> UnixAddress? {
        switch text.first {
        case "/": .path(text)
        case "@": .abstract(String(text.dropFirst()))
        default: nil
        }
    }

    /// Sends messages as one, without waiting; whether it was taken matters to nobody but a log.
    package func tell(_ messages: Message...) throws(PlatformError) {
        guard let address else { return }
        let text = messages.map(\.text).joined(separator: "\n")
        let socket = try UnixDatagramSocket(connectedTo: address)
        _ = try socket.socket.send(text.utf8.span)
    }
}

extension ServiceManager.Message {
    fileprivate var text: String {
        switch self {
        case .ready: "READY=1"
        // A line's end would begin another message.
        case .status(let line): "STATUS=" + line.map { $0.isNewline ? " " : "\($0)" }.joined()
        case .stopping: "STOPPING=1"
        case .alive: "WATCHDOG=1"
        }
    }
}
