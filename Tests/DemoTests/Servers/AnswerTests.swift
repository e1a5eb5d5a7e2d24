import Network
import Testing

@testable import Demo

struct AnswerTests {
    @Test(arguments: ["10.0.0.1:80", "[fd00::1]:8080"])
    func `an answer reads back, bare and from HTTP`(client: String) throws {
        let answer = Answer(server: "web-1", client: try AddressAndPort(validating: client))
        #expect(Answer("\(answer)\n") == answer)
        #expect(Answer(response: Array(answer.response.utf8)) == answer)
    }

    @Test func `a client behind an IPv6 socket is known by its IPv4 address`() throws {
        let mapped = try #require(AddressAndPort("[::ffff:10.0.0.1]:80"))
        #expect("\(Answer(server: "a", client: mapped))" == "a answers 10.0.0.1:80")
    }

    @Test(arguments: ["", "web-1", "web-1 answers nobody", "web-1 asks 10.0.0.1:80"])
    func `other words are no answer`(text: String) {
        #expect(Answer(text) == nil)
    }

    @Test(arguments: [
        "HTTP/1.1 503 Service Unavailable\r\n\r\na answers 10.0.0.1:80\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n", "HTTP/1.1 200 OK\r\n\r\n", "",
    ])
    func `other responses are no answer`(text: String) {
        #expect(Answer(response: Array(text.utf8)) == nil)
    }
}
