import Kubernetes
import Testing

@Suite struct `Base64 text` {
    // RFC 4648 §10.
    @Test(
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func `the vectors of the standard hold both ways`(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded.utf8.span) == Array(plain.utf8))
    }

    @Test(
        arguments: [
            "Zg", "Zg=", "Zg===", "Z", "Zm9v=", "Zm=v", "=", "Zh==", "Zm9=", "Zm-_", "Zm 9v",
            "Zm9v\t",
            "Zg==Zg==", "Zm9vé",
        ])
    func `anything else is refused`(text: String) {
        #expect(Base64.decode(text.utf8.span) == nil)
    }

    @Test func `lines may be broken anywhere`() {
        #expect(Base64.decode("Zm\r\n9vY\ng=\n=\n".utf8.span) == Array("foob".utf8))
    }

    @Test func `every byte survives`() {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ $0 / 256) }
        for count in 0..<bytes.count {
            let part = Array(bytes[..<count])
            #expect(Base64.decode(Base64.encode(part).utf8.span) == part)
        }
    }
}
