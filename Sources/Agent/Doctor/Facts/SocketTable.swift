import Network

/// What waits at a port, from the tables of sockets below /proc/net.
enum SocketTable {
    /// TCP_LISTEN, and the state of a UDP socket that is connected to nobody (TCP_CLOSE).
    private static let waiting: Set = ["0A", "07"]

    static func addresses(in text: String, port: Port) -> [AddressAndPort] {
        text.split(separator: "\n").dropFirst().compactMap { line in
            let columns = line.split(separator: " ", omittingEmptySubsequences: true)
            guard columns.count > 3, waiting.contains(String(columns[3])) else { return nil }
            let parts = columns[1].split(separator: ":")
            guard parts.count == 2, UInt16(parts[1], radix: 16) == port.rawValue,
                let address = address(parts[0])
            else { return nil }
            return AddressAndPort(address, port)
        }
    }

    /// An address as words of 32 bits, each printed as a number of this machine's.
    private static func address(_ digits: Substring) -> IPAddress? {
        var octets: [UInt8] = []
        var rest = digits
        while !rest.isEmpty {
            guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
            let number = UInt32(littleEndian: word).byteSwapped
            octets += (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
            rest = rest.dropFirst(8)
        }
        return IPAddress(octets: octets.span)
    }
}
