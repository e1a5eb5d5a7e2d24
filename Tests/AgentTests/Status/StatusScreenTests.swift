import JSON
import Testing

@testable import Agent

@Suite("The status screen")
struct StatusScreenTests {
    private func screen(_ parts: String) throws -> StatusScreen {
        let text = """
            {"version": "1.2.3", "node": "n1", "pid": 42, "uptimeSeconds": 3725.5,
             "process": {"residentBytes": 41943040},
             "source": {"place": "/etc/k", "kinds": [
               {"kind": "Node", "synced": true, "objects": 3, "contactSeconds": 2.0, "failures": 0},
               {"kind": "Service", "synced": false, "objects": 0, "contactSeconds": null,
                "failures": 7}]},
             "parts": [\(parts)]}
            """
        return try #require(StatusScreen(try JSONValue(document: text.utf8.span)))
    }

    private let well = """
        {"name": "routes", "state": "ok", "syncSeconds": 61.2, "errors": 0,
         "objects": {"route": 4, "finding": 0}, "changes": {"add": 4}}
        """

    @Test func `it shows node, source, parts and kinds`() throws {
        let screen = try screen(well)
        #expect(screen.isWell)
        #expect(
            screen.text == """
                Node      n1
                Agent     weft 1.2.3, process 42, up 1h2m, 40 MB
                Objects   from /etc/k

                PART    STATE  CHECKED   ERRORS  OBJECTS  CHANGES
                routes  ok     1m1s ago  0       route 4  add 4

                KIND     OBJECTS  LISTED   HEARD OF  FAILURES
                Node     3        yes      2s ago    0
                Service  0        not yet  never     7

                """)
    }

    @Test(arguments: ["starting", "impaired"])
    func `a part that does not work is told, with what keeps it`(state: String) throws {
        let screen = try screen(
            """
            {"name": "cni", "state": "\(state)", "syncSeconds": null, "errors": 1,
             "problem": "no podCIDR", "lastError": {"text": "old", "time": "T"}}
            """)
        #expect(!screen.isWell)
        #expect(screen.text.hasSuffix("\ncni: no podCIDR\n"))
        #expect(screen.text.contains("never"))
    }

    @Test func `what is over is told with its time, and is well`() throws {
        let screen = try screen(
            """
            {"name": "cni", "state": "ok", "errors": 1, "lastError": {"text": "old", "time": "T"}}
            """)
        #expect(screen.isWell)
        #expect(screen.text.hasSuffix("\ncni, over since: T old\n"))
    }

    @Test func `what is no status is none`() throws {
        #expect(StatusScreen(.array([])) == nil)
        #expect(StatusScreen(.object(["a": .null])) == nil)
    }
}
