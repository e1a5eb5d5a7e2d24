/// The bytes of answers in HTTP/1.1.
enum HTTPAnswer {
    /// An answer that has its length before it.
    static func whole(_ status: Int, _ type: String, _ body: [UInt8]) -> [UInt8] {
        head(status, type, "Content-Length: \(body.count)") + body
    }

    /// The beginning of an answer that goes on until its end, piece by piece.
    static func opening(_ type: String) -> [UInt8] {
        head(200, type, "Transfer-Encoding: chunked")
    }

    static func chunk(_ bytes: [UInt8]) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }

    static let end = Array("0\r\n\r\n".utf8)

    private static func head(_ status: Int, _ type: String, _ length: String) -> [UInt8] {
        let phrase = status < 300 ? "OK" : "Refused"
        let lines = ["HTTP/1.1 \(status) \(phrase)", "Content-Type: \(type)", length]
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }
}
