"""Which figures make which sentence of a report, section by section."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """One figure in words; ``text`` and the tails hold {n} for the number."""

    code: str
    text: str
    tails: tuple[tuple[str, str], ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the figures it tells of."""
        return (self.code, *(code for code, _words in self.tails))


@dataclass(frozen=True)
class Sentence:
    """A sentence; ``lead`` may hold {subject}. Clauses without a number are left out."""

    lead: str
    clauses: tuple[Clause, ...]
    is_dated: bool = False
    """Whether "Tính đến hết ngày …" stands before it."""


CLAUSES: dict[str, tuple[Sentence, ...]] = {
    "I.1": (
        Sentence("{subject} đã ban hành", (
            Clause("A1", "{n} văn bản chỉ đạo, triển khai tuyên truyền cải cách hành chính"),), True),
    ),
    "I.3": (
        Sentence("{subject} đã tổ chức", (
            Clause("A3", "{n} cuộc kiểm tra, tự kiểm tra công tác cải cách hành chính (kể cả lồng ghép)",
                   (("A4", ", tại {n} đơn vị"),)),), True),
    ),
    "II.2.a": (
        Sentence("{subject} đã có", (
            Clause("B1", "{n} tin, bài trên báo viết, báo điện tử"),
            Clause("B2", "{n} tin, phóng sự phát thanh"),
            Clause("B3", "{n} tin, phóng sự truyền hình")), True),
    ),
    "II.2.b": (
        Sentence("{subject} đã đăng", (
            Clause("B4", "{n} tin, bài trên Cổng thông tin điện tử thành phần, trang web",
                   (("B5", ", đạt {n} lượt xem"),)),), True),
    ),
    "II.2.c": (
        Sentence("{subject} đã đăng", (
            Clause("C1", "{n} bài trên Facebook"), Clause("C2", "{n} bài, tin nhắn trên Zalo"),
            Clause("C3", "{n} bài trên mạng xã hội khác")), True),
        Sentence("các bài đăng đạt", (
            Clause("C4", "{n} lượt tiếp cận"), Clause("C5", "{n} lượt thích, chia sẻ, bình luận"))),
        Sentence("đến cuối kỳ, các trang, nhóm có", (Clause("C6", "{n} người theo dõi, quan tâm"),)),
    ),
    "II.2.d": (
        Sentence("{subject} đã tổ chức", (
            Clause("D1", "{n} hội nghị, hội thảo chuyên đề về cải cách hành chính",
                   (("D2", " với {n} lượt người dự"),)),
            Clause("D3", "{n} cuộc họp, sinh hoạt có lồng ghép tuyên truyền", (("D4", " với {n} lượt người dự"),)),
            Clause("D5", "{n} lớp tập huấn, bồi dưỡng", (("D6", " với {n} lượt người dự"),)),
            Clause("D7", "{n} cuộc thi tìm hiểu cải cách hành chính", (("D8", " với {n} lượt người dự thi"),))),
            True),
    ),
    "II.2.dd": (
        Sentence("{subject} đã thực hiện", (
            Clause("E1", "{n} pa nô"), Clause("E2", "{n} áp phích"), Clause("E3", "{n} băng rôn, khẩu hiệu"),
            Clause("E4", "{n} tờ gấp, tờ rơi")), True),
        Sentence("cuối kỳ có", (
            Clause("E5", "{n} màn hình điện tử, bảng LED có nội dung cải cách hành chính"),
            Clause("E6", "{n} thủ tục hành chính được niêm yết công khai"))),
    ),
    "II.3": (
        Sentence("", (
            Clause("K1", "{n} cán bộ, công chức, viên chức, người lao động được tuyên truyền",
                   (("K2", " trên tổng số {n} người"), ("K3", ", đạt {n}"))),), True),
        Sentence("", (
            Clause("K4", "{n} người học được tuyên truyền",
                   (("K5", " trên tổng số {n} người học"), ("K6", ", đạt {n}"))),)),
    ),
    "II.4": (
        Sentence("{subject} đã nêu gương", (
            Clause("F1", "{n} tập thể"), Clause("F2", "{n} cá nhân"),
            Clause("F3", "{n} mô hình hay, sáng kiến được phổ biến")), True),
        Sentence("đã tiếp nhận", (
            Clause("F4", "{n} phản ánh, kiến nghị về thủ tục hành chính",
                   (("F5", ", xử lý {n}"), ("F6", ", đạt {n}"))),)),
    ),
    "II.5": (
        Sentence("{subject} đã tiếp nhận", (
            Clause("G1", "{n} hồ sơ thủ tục hành chính (kể cả kỳ trước chuyển sang)",
                   (("G2", ", trong đó nộp trực tuyến {n} hồ sơ"), ("G3", ", đạt {n}"))),), True),
        Sentence("đã giải quyết", (
            Clause("G4", "{n} hồ sơ", (("G5", ", trong đó đúng hạn và trước hạn {n} hồ sơ"), ("G6", ", đạt {n}"))),
        )),
        Sentence("có", (
            Clause("G7", "{n} hồ sơ quá hạn"), Clause("G8", "{n} hồ sơ thanh toán trực tuyến"),
            Clause("G9", "{n} kết quả được số hóa, cấp bản điện tử"),
            Clause("G10", "{n} hồ sơ nhận, trả qua bưu chính công ích"))),
    ),
    "II.6": (
        Sentence("{subject} đã thu", (
            Clause("H1", "{n} phiếu khảo sát hài lòng hợp lệ",
                   (("H2", "; tỷ lệ hài lòng (mức 4 và 5) đạt {n}"), ("H3", "; điểm trung bình {n} trên thang 5"))),
        ), True),
        Sentence("khảo sát nhận thức có", (Clause("H4", "{n} người dự", (("H5", ", tỷ lệ đạt yêu cầu {n}"),)),)),
    ),
    "III": (
        Sentence("tổng kinh phí thực hiện của {subject} là", (Clause("M5", "{n} đồng"),), True),
        Sentence("trong đó:", (
            Clause("M2", "ngân sách nhà nước {n} đồng"), Clause("M3", "chi thường xuyên của đơn vị {n} đồng"),
            Clause("M4", "nguồn hợp pháp khác {n} đồng"))),
        Sentence("kinh phí theo kế hoạch là", (Clause("M1", "{n} đồng"),)),
    ),
}
"""By code of the outline's section; codes of figures are those of the programme's indicators."""
