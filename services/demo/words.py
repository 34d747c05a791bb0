"""What demonstration plans and activities are called; by medium, so that a title fits its form."""

TITLES: dict[str, tuple[str, ...]] = {
    "BAO_VIET": (
        "Bài viết về cải cách thủ tục nhập học trực tuyến",
        "Tin về mô hình “một cửa thân thiện” của đơn vị",
    ),
    "PHAT_THANH": ("Phát thanh đầu giờ về dịch vụ công trực tuyến", "Bản tin loa trường về kết quả điện tử"),
    "TRUYEN_HINH": (
        "Phóng sự về chuyển đổi số trong giải quyết thủ tục",
        "Tin truyền hình về tuyển sinh trực tuyến",
    ),
    "CONG_TTDT": (
        "Tin trên Cổng: hướng dẫn nộp hồ sơ trực tuyến",
        "Bài trên trang web: Nghị quyết 124/NQ-HĐND",
        "Đăng Kế hoạch tuyên truyền cải cách hành chính năm 2023",
    ),
    "NIEM_YET": (
        "Niêm yết thủ tục hành chính tại phòng tiếp nhận",
        "Cập nhật bảng niêm yết thủ tục hành chính",
    ),
    "PANO": ("Pa nô về chỉ số PAR Index, SIPAS, PAPI, DGI",),
    "AP_PHICH": ("Áp phích hướng dẫn nộp hồ sơ trực tuyến",),
    "BANG_RON": ("Băng rôn chủ đề công tác năm 2023",),
    "TO_GAP": ("Tờ gấp “Năm bước nộp hồ sơ trực tuyến”", "Tờ rơi về thanh toán trực tuyến học phí"),
    "LED": ("Chạy chữ trên bảng điện tử về cải cách hành chính",),
    "FACEBOOK": (
        "Bài đăng về lợi ích của kết quả điện tử",
        "Bài đăng giới thiệu Chương trình cải cách hành chính",
        "Ảnh và tin buổi sinh hoạt dưới cờ về cải cách hành chính",
    ),
    "ZALO": (
        "Tin nhắn Zalo hướng dẫn cha mẹ học sinh nộp hồ sơ",
        "Tin Zalo OA về dịch vụ bưu chính công ích",
    ),
    "MXH_KHAC": ("Video ngắn giới thiệu thủ tục chuyển trường",),
    "KHAC": ("Góc tuyên truyền cải cách hành chính tại thư viện",),
    "HOI_NGHI": (
        "Hội nghị triển khai công tác cải cách hành chính năm 2023",
        "Hội thảo về chuyển đổi số trong quản lý",
    ),
    "LONG_GHEP": (
        "Lồng ghép trong họp hội đồng giáo dục",
        "Lồng ghép trong họp cha mẹ học sinh",
        "Sinh hoạt dưới cờ: 60 năm thành lập tỉnh và cải cách hành chính",
    ),
    "TAP_HUAN": ("Tập huấn sử dụng chữ ký số và số hóa hồ sơ",),
    "CUOC_THI": ("Cuộc thi tìm hiểu cải cách hành chính",),
}
WEIGHTS: dict[str, int] = {
    "CONG_TTDT": 18,
    "FACEBOOK": 20,
    "ZALO": 16,
    "LONG_GHEP": 18,
    "HOI_NGHI": 5,
    "TAP_HUAN": 4,
    "TO_GAP": 4,
    "NIEM_YET": 3,
    "BANG_RON": 3,
    "AP_PHICH": 3,
    "PANO": 2,
    "PHAT_THANH": 5,
    "BAO_VIET": 3,
    "TRUYEN_HINH": 1,
    "LED": 2,
    "MXH_KHAC": 1,
    "CUOC_THI": 1,
    "KHAC": 1,
}
"""How often each medium comes up."""
QUANTITIES: dict[str, tuple[int, int]] = {
    "TO_GAP": (50, 400),
    "NIEM_YET": (5, 40),
    "BANG_RON": (1, 4),
    "LED": (1, 2),
    "AP_PHICH": (1, 6),
}
REACHES: dict[str, tuple[int, int]] = {
    "CONG_TTDT": (40, 600),
    "FACEBOOK": (80, 2500),
    "ZALO": (50, 900),
    "MXH_KHAC": (100, 3000),
    "HOI_NGHI": (25, 80),
    "LONG_GHEP": (20, 450),
    "TAP_HUAN": (15, 60),
    "CUOC_THI": (30, 300),
    "BAO_VIET": (200, 3000),
    "TO_GAP": (50, 400),
    "PHAT_THANH": (100, 700),
    "TRUYEN_HINH": (500, 8000),
    "KHAC": (20, 100),
}
COSTS: dict[str, tuple[int, int]] = {
    "TO_GAP": (300, 1500),
    "BANG_RON": (200, 900),
    "PANO": (800, 3000),
    "AP_PHICH": (100, 600),
    "HOI_NGHI": (500, 3000),
    "TAP_HUAN": (500, 4000),
    "CUOC_THI": (500, 3000),
}
"""Thousands of đồng, where a medium costs something."""
OUTLETS: dict[str, tuple[str, ...]] = {
    "BAO_VIET": ("Trung tâm Truyền thông tỉnh",),
    "TRUYEN_HINH": ("Trung tâm Truyền thông tỉnh",),
    "PHAT_THANH": ("Hệ thống truyền thanh địa phương", "Phát thanh của đơn vị"),
}
STAFF_AUDIENCES = ("AUD_CAN_BO", "AUD_VIEN_CHUC", "AUD_NGUOI_LAO_DONG")
HOSTS = ("Họp hội đồng giáo dục", "Họp cha mẹ học sinh", "Lễ chào cờ đầu tuần", "Sinh hoạt chuyên môn")
RETURN_REASONS = (
    "Số lượng bài đăng chưa khớp với minh chứng, đề nghị đơn vị kiểm tra lại.",
    "Bổ sung kết quả theo từng nội dung tuyên truyền của kế hoạch.",
    "Ghi rõ người phụ trách và thời gian thực hiện.",
)
