package import Network
import Wire

/// An SCTP packet with one chunk, as RFC 9260 lays it out.
///
/// Many kernels have no SCTP sockets; raw ones carry packets made here.
package struct SCTPPacket: Hashable, Sendable {
    package var source: Port
    package var destination: Port
    /// What the receiver of the packet chose in its INIT or INIT ACK; 0 in an INIT.
    package var verificationTag: UInt32
    package var chunk: Chunk

    package enum Chunk: Hashable, Sendable {
        /// Asks for an association; `tag` is to be in every packet of the answering side.
        case initiate(tag: UInt32)
        /// Accepts it, with bytes that the asker would send back.
        case acknowledge(tag: UInt32, cookie: [UInt8])
        /// Refuses or ends it.
        case abort
        case other(type: UInt8)
    }

    package init(
        from source: Port, to destination: Port, verificationTag: UInt32 = 0, _ chunk: Chunk
    ) {
        self.source = source
        self.destination = destination
        self.verificationTag = verificationTag
        self.chunk = chunk
    }
}

extension SCTPPacket.Chunk {
    fileprivate static let initiateType: UInt8 = 1
    fileprivate static let acknowledgeType: UInt8 = 2
    fileprivate static let abortType: UInt8 = 6

    fileprivate var type: UInt8 {
        switch self {
        case .initiate: Self.initiateType
        case .acknowledge: Self.acknowledgeType
        case .abort: Self.abortType
        case .other(let type): type
        }
    }
}

private let stateCookie: UInt16 = 7
private let checksumOffset = 8

extension SCTPPacket {
    /// The packet with its checksum.
    package func bytes() throws -> [UInt8] {
        var bytes = try [UInt8](messageUpTo: 2048) { writer throws(WireError) in
            try writer.writeUInt16(source.rawValue)
            try writer.writeUInt16(destination.rawValue)
            try writer.writeUInt32(verificationTag)
            try writer.writeUInt32(0)
            try write(chunk, to: &writer)
        }
        let checksum = CRC32C.of(bytes.span)
        // The one field that is sent with its low byte first.
        for index in 0..<4 {
            bytes[checksumOffset + index] = UInt8(truncatingIfNeeded: checksum >> (8 * index))
        }
        return bytes
    }

    private func write(_ chunk: Chunk, to writer: inout ByteWriter) throws(WireError) {
        let start = writer.count
        try writer.writeUInt8(chunk.type)
        try writer.writeUInt8(0)
        let length = try writer.reserveUInt16()
        switch chunk {
        case .initiate(let tag): try write(tag: tag, to: &writer)
        case .acknowledge(let tag, let cookie):
            try write(tag: tag, to: &writer)
            try writer.writeUInt16(stateCookie)
            try writer.writeUInt16(UInt16(4 + cookie.count))
            try writer.write(cookie)
        case .abort, .other: break
        }
        // A chunk's length counts its header, but not the padding after it.
        writer.fill(length, with: UInt16(writer.count - start))
        try writer.pad(to: 4)
    }

    private func write(tag: UInt32, to writer: inout ByteWriter) throws(WireError) {
        try writer.writeUInt32(tag)
        // The window, the streams out and in, and the first sequence number.
        try writer.writeUInt32(1 << 16)
        try writer.writeUInt16(1)
        try writer.writeUInt16(1)
        try writer.writeUInt32(tag)
    }
}

extension SCTPPacket {
    /// Reads a packet; a wrong checksum is an error, as it is to a kernel.
    package init(parsing bytes: Span<UInt8>) throws {
        var reader = ByteReader(bytes)
        let source = Port(try reader.readUInt16())
        let destination = Port(try reader.readUInt16())
        let tag = try reader.readUInt32()
        let checksum = try reader.readUInt32(.little)
        guard checksum == Self.checksum(of: bytes) else {
            throw LabError("wrong checksum of an SCTP packet from port \(source)")
        }
        self.init(
            from: source, to: destination, verificationTag: tag, try Self.chunk(&reader))
    }

    private static func checksum(of bytes: Span<UInt8>) -> UInt32 {
        var checksum = CRC32C()
        checksum.add(bytes.extracting(first: checksumOffset))
        checksum.add([UInt8](repeating: 0, count: 4).span)
        checksum.add(bytes.extracting(droppingFirst: checksumOffset + 4))
        return checksum.value
    }

    private static func chunk(_ reader: inout ByteReader) throws -> Chunk {
        let type = try reader.readUInt8()
        try reader.skip(1)
        let length = Int(try reader.readUInt16())
        var body = try reader.readPart(length - 4)
        switch type {
        case Chunk.initiateType: return .initiate(tag: try body.readUInt32())
        case Chunk.acknowledgeType:
            let tag = try body.readUInt32()
            try body.skip(12)
            return .acknowledge(tag: tag, cookie: try cookie(&body))
        case Chunk.abortType: return .abort
        default: return .other(type: type)
        }
    }

    private static func cookie(_ body: inout ByteReader) throws -> [UInt8] {
        guard try body.readUInt16() == stateCookie else { throw LabError("no cookie comes first") }
        let cookie = try body.readBytes(Int(try body.readUInt16()) - 4)
        return cookie.indices.map { cookie[$0] }
    }
}
