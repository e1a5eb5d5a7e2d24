import Netlink

extension MessageTree {
    /// One line of an annotated message.
    private struct Line {
        let depth: Int
        let bytes: [UInt8]
    }

    /// Reads a message by the indentation of its lines.
    init(annotated text: String) {
        var lines = Self.lines(text)[...]
        let header = lines.removeFirst().bytes
        let type = Int(header[4]) | Int(header[5]) << 8
        let flags = Int(header[6]) | Int(header[7]) << 8
        let fixed = Self.hex(of: lines.removeFirst().bytes)
        self.init(parts: ["type \(type) flags \(flags)", fixed])
        append(Self.attributes(&lines, depth: 0, in: [type]))
    }

    private static func attributes(
        _ lines: inout ArraySlice<Line>, depth: Int, in path: [Int]
    ) -> [String] {
        var parts = [String]()
        while let line = lines.first, line.depth == depth {
            lines.removeFirst()
            let length = Int(line.bytes[0]) | Int(line.bytes[1]) << 8
            let type = Int(line.bytes[2]) | Int(line.bytes[3] & 0x3F) << 8
            let path = path + [type]
            guard let next = lines.first, next.depth > depth else {
                parts.append("\(type)=\(leaf(line.bytes.span.extracting(4..<length), at: path))")
                continue
            }
            var inner = [String]()
            if path == [16, 18, 2, 1] { inner.append(hex(of: lines.removeFirst().bytes)) }
            inner += attributes(&lines, depth: depth + 1, in: path)
            parts.append("\(type){\(inner.joined(separator: " "))}")
        }
        return parts.sorted()
    }

    private static func lines(_ text: String) -> [Line] {
        var lines = [Line]()
        var pending = ""
        for line in text.split(separator: "\n") {
            let code = line.prefix { $0 != "/" && $0 != "\\" }
            if pending.isEmpty { pending = String(code.prefix { $0 == " " }) }
            pending += code.filter { $0 != " " }
            if line.last == "\\" { continue }
            let depth = pending.prefix { $0 == " " }.count / 2
            lines.append(Line(depth: depth, bytes: bytes(pending.filter { $0 != " " })))
            pending = ""
        }
        return lines
    }

    private static func hex(of bytes: [UInt8]) -> String { hex(bytes.span) }

    private static func bytes(_ hex: String) -> [UInt8] {
        var digits = hex[...]
        var bytes = [UInt8]()
        while digits.count >= 2 {
            bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        return bytes
    }
}
