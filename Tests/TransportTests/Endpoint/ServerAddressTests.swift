import Testing

@testable import Transport

struct `A server's address` {
    @Test(arguments: [
        ("https://10.0.0.1:6443", "https://10.0.0.1:6443"),
        ("https://10.0.0.1", "https://10.0.0.1:443"),
        ("http://localhost/", "http://localhost:80"),
        ("HTTPS://api.example:1/k8s/clusters/c-1/", "https://api.example:1/k8s/clusters/c-1"),
        ("https://[2001:db8::1]:6443", "https://[2001:db8::1]:6443"),
        ("https://[::1]", "https://[::1]:443"),
    ])
    func `is read with its standards filled in`(url: String, whole: String) throws {
        #expect(try ServerAddress(url).description == whole)
    }

    @Test(arguments: [
        "", "10.0.0.1:6443", "ftp://a", "https:/a", "https://", "https://:443", "https://a:",
        "https://a:0", "https://a:65536", "https://a:x", "https://::1", "https://[]:1",
        "https://[::1", "https://user:secret@a", "https://a/?x", "https://a/#x", "https://a b",
        "https://a/b c", "https://a\r\n",
    ])
    func `that is none is refused`(url: String) {
        let error = #expect(throws: TransportError.self) { try ServerAddress(url) }
        #expect(error?.code == .invalidRequest)
        #expect(!"\(String(describing: error))".contains("secret"))
    }
}
