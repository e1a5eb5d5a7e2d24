package import Platform

/// A connection to the connection tracking of one network namespace's kernel: ctnetlink.
package struct ConntrackSocket: ~Copyable, Sendable {
    private var connection: Connection

    /// Opens a connection to the calling thread's namespace.
    package init() throws(NetlinkError) { connection = try Connection(.netfilter) }

    /// Opens a connection to another namespace.
    package init(in namespace: borrowing NetworkNamespace) throws(NetlinkError) {
        connection = try Connection(.netfilter, in: namespace)
    }
}

extension ConntrackSocket {
    /// Sends requests together; the first failure is thrown after all were tried in order.
    package mutating func run(_ requests: Request...) throws(NetlinkError) {
        try connection.run(requests)
    }

    package mutating func run(_ requests: [Request]) throws(NetlinkError) {
        try connection.run(requests)
    }

    /// The one value that answers a query, or nil when the kernel says there is none.
    package mutating func find<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> Value? {
        try connection.find(query)
    }

    /// All values that answer a query.
    package mutating func list<Value: MessageDecodable>(
        _ query: Query<Value>
    ) throws(NetlinkError) -> [Value] {
        try connection.list(query)
    }

    /// The tracked connections that match.
    package mutating func connections(
        _ filter: ConntrackFilter = ConntrackFilter()
    ) throws(NetlinkError) -> [ConntrackEntry] {
        // The kernel's filter saves most of the copying; whether an entry matches is decided here.
        try connection.collect(Query.connections(filter).request) {
            message throws(NetlinkError) in
            guard let entry = try ConntrackEntry(message), filter.matches(entry) else { return nil }
            return entry
        }
    }

    /// Hands over the tracked connections that match, one by one as the kernel lists them.
    ///
    /// False means that connections changed meanwhile: some may be left out, or come twice.
    /// Nothing else may be asked on this socket until it returns.
    package mutating func visit(
        _ filter: ConntrackFilter,
        _ body: (ConntrackEntry) throws(NetlinkError) -> Void
    ) throws(NetlinkError) -> Bool {
        try connection.visit(Query.connections(filter).request) { message throws(NetlinkError) in
            guard let entry = try ConntrackEntry(message), filter.matches(entry) else { return }
            try body(entry)
        }
    }

    /// Deletes connections and tells how many were still there.
    package mutating func delete(_ entries: [ConntrackEntry]) throws(NetlinkError) -> Int {
        var deleted = 0
        for outcome in try connection.outcomes(of: entries.map(Request.delete)) {
            guard let outcome else {
                deleted += 1
                continue
            }
            if !outcome.isAbsence { throw outcome }
        }
        return deleted
    }

    /// Deletes the connections that match and tells how many there were.
    package mutating func delete(_ filter: ConntrackFilter) throws(NetlinkError) -> Int {
        // Not by a filter in the request: before Linux 5.8 the kernel passes over it and deletes
        // everything, and up to 6.18 it takes IPv6 addresses the wrong way round.
        try delete(connections(filter))
    }
}
