package import Platform

/// Something that happened, as the kernel tells everyone who listens.
package protocol Notification: MessageDecodable {
    /// A set of objects whose changes one can listen to.
    associatedtype Group: RawRepresentable<UInt32>
    static var family: NetlinkSocket.Family { get }
    /// The kernel dropped notifications: the state must be read again.
    static var overrun: Self { get }
}

/// A socket on which the kernel tells what changes in one network namespace.
///
/// Open it before the state is read for the first time: nothing is missed then. Register its
/// socket's descriptor in an event loop, and read until nothing is left.
package struct Monitor<Event: Notification>: ~Copyable {
    /// Its descriptor is what an event loop waits on.
    package let socket: NetlinkSocket
    private var buffer: [UInt8]

    /// More than the kernel puts into one notification.
    private static var bufferSize: Int { 65_536 }

    /// Listens to the calling thread's namespace.
    package init(_ groups: Event.Group...) throws(NetlinkError) {
        do {
            self.init(try NetlinkSocket(Event.family, joining: groups.map(\.rawValue)))
        } catch {
            throw NetlinkError(error)
        }
    }

    /// Listens to another namespace.
    package init(
        _ groups: Event.Group..., in namespace: borrowing NetworkNamespace
    ) throws(NetlinkError) {
        let numbers = groups.map(\.rawValue)
        do {
            self.init(
                try namespace.run { () throws(PlatformError) in
                    try NetlinkSocket(Event.family, joining: numbers)
                })
        } catch {
            throw NetlinkError(error)
        }
    }

    private init(_ socket: consuming NetlinkSocket) {
        self.socket = socket
        buffer = Array(repeating: 0, count: Self.bufferSize)
    }
}

extension NetlinkSocket {
    fileprivate init(_ family: Family, joining groups: [UInt32]) throws(PlatformError) {
        let socket = try NetlinkSocket(family)
        for group in groups { try socket.join(group: group) }
        self = socket
    }
}

extension Monitor {
    /// Makes room for notifications that nobody has read yet.
    package borrowing func reserveBuffer(_ bytes: Int) throws(NetlinkError) {
        do {
            try socket.reserveReceiveBuffer(bytes)
        } catch {
            throw NetlinkError(error)
        }
    }

    /// Reads one datagram without waiting; nil when none is there, empty when it says nothing new.
    package mutating func next() throws(NetlinkError) -> [Event]? {
        switch try socket.receive(into: &buffer) {
        case .nothing: return nil
        case .overrun: return [.overrun]
        case .datagram(let count):
            var events = [Event]()
            var messages = Messages(buffer.span.extracting(0..<count))
            while let message = try messages.next() {
                if let event = try Event(message) { events.append(event) }
            }
            return events
        }
    }
}
