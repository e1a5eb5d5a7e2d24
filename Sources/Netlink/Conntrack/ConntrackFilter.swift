package import Network

/// Which tracked connections are meant; what is nil may be anything.
package struct ConntrackFilter: Hashable, Sendable {
    package var family: IPFamily?
    package var original: Direction
    package var reply: Direction
    package var mark: Masked?
    /// All of these must be set.
    package var status: ConntrackStatus
    package var zone: UInt16?

    /// What one direction must be like.
    package struct Direction: Hashable, Sendable {
        package var transport: IPProtocol?
        package var source: IPAddress?
        package var destination: IPAddress?
        package var sourcePort: Port?
        package var destinationPort: Port?

        package init(
            _ transport: IPProtocol? = nil, from source: IPAddress? = nil,
            sourcePort: Port? = nil, to destination: IPAddress? = nil,
            destinationPort: Port? = nil
        ) {
            self.transport = transport
            self.source = source
            self.destination = destination
            self.sourcePort = sourcePort
            self.destinationPort = destinationPort
        }
    }

    /// A value, in the bits of the mask.
    package struct Masked: Hashable, Sendable {
        package var value: UInt32
        package var mask: UInt32

        package init(_ value: UInt32, mask: UInt32 = .max) {
            self.value = value
            self.mask = mask
        }
    }

    package init(
        _ family: IPFamily? = nil, original: Direction = Direction(),
        reply: Direction = Direction(), mark: Masked? = nil, status: ConntrackStatus = [],
        zone: UInt16? = nil
    ) {
        self.family = family
        self.original = original
        self.reply = reply
        self.mark = mark
        self.status = status
        self.zone = zone
    }
}

extension ConntrackFilter {
    package func matches(_ entry: ConntrackEntry) -> Bool {
        (family ?? entry.original.family) == entry.original.family
            && original.matches(entry.original) && reply.matches(entry.reply)
            && (mark.map { entry.mark & $0.mask == $0.value } ?? true)
            && entry.status.isSuperset(of: status) && (zone ?? entry.zone) == entry.zone
    }

    /// The family that the addresses imply where none is given.
    var impliedFamily: IPFamily? {
        family
            ?? [original.source, original.destination, reply.source, reply.destination]
            .lazy.compactMap { $0?.family }.first
    }
}

extension ConntrackFilter.Direction {
    func matches(_ tuple: ConntrackTuple) -> Bool {
        (transport ?? tuple.transport) == tuple.transport
            && (source ?? tuple.source) == tuple.source
            && (destination ?? tuple.destination) == tuple.destination
            && (sourcePort == nil || sourcePort == tuple.sourcePort)
            && (destinationPort == nil || destinationPort == tuple.destinationPort)
    }
}
