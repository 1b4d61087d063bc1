import Markup
import Testing

struct TemplateTests {
    @Test func `attributes without a value are left out`() {
        let absent: String? = nil
        let html: HTML = "<input \(attribute: "maxlength", "2\"0") \(attribute: "pattern", absent)><br/><img alt='>'>"
        #expect(html.source == "<input maxlength=\"2&quot;0\" ><br/><img alt='>'>")
    }

    @Test func `a comment may hold anything but text of others`() {
        let html: HTML = "<!-- <b> ' \" --><p>\(1)</p>"
        #expect(html.source.hasSuffix("<p>1</p>"))
    }

    @Test func `letters beyond ASCII pass between escapes`() {
        let html: HTML = "<p>\("Ễ&Ậ<ữ>'ợ\"")</p>"
        #expect(html.source == "<p>Ễ&amp;Ậ&lt;ữ&gt;&#39;ợ&quot;</p>")
    }

    #if DEBUG
    @Test func `a template that leaves an element open is stopped`() async {
        await #expect(processExitsWith: .failure) { _ = "<p><b>x</p>" as HTML }
        await #expect(processExitsWith: .failure) { _ = "<p>x" as HTML }
        await #expect(processExitsWith: .failure) {
            let x = "x"; _ = "<p>\(x)</b>" as HTML
        }
        await #expect(processExitsWith: .failure) {
            let x = "x"; _ = "<!-- \(x) -->" as HTML
        }
    }
    #endif
}
