package import Network
package import Platform

/// A connection to the routing part of one network namespace's kernel: rtnetlink.
package struct RouteSocket: ~Copyable {
    private var connection: Connection

    /// Opens a connection to the calling thread's namespace.
    package init() throws(NetlinkError) { connection = try Connection(.route) }

    /// Opens a connection to another namespace.
    package init(in namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        connection = try Connection(.route, in: namespace)
    }
}

extension RouteSocket {
    /// Sends requests together; the first failure is thrown after all were tried in order.
    package mutating func run(_ requests: Request...) throws(NetlinkError) {
        try connection.run(requests)
    }

    package mutating func run(_ requests: [Request]) throws(NetlinkError) {
        try connection.run(requests)
    }

    /// Sends requests together and tells for each how it failed, or nil.
    package mutating func outcomes(
        of requests: [Request]
    ) throws(NetlinkError) -> [NetlinkError?] {
        try connection.outcomes(of: requests)
    }

    /// Whether packets pass a link: it is up, and has a carrier.
    package borrowing func passesPackets(_ link: InterfaceName) throws(NetlinkError) -> Bool {
        do {
            return try connection.socket.socket.passesPackets(interface: link.rawValue)
        } catch {
            throw NetlinkError(error)
        }
    }

    /// All values that answer a query.
    package mutating func list<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> [Value] {
        try connection.list(query)
    }

    /// The one value that answers a query, or nil when the kernel says there is none.
    package mutating func find<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> Value? {
        try connection.find(query)
    }
}
